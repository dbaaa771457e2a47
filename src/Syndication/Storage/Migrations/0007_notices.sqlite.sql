-- Mails that are no edition, such as alerts to the operator: sent before all others. Instants are microseconds since 1970 in UTC.
create table notices (
  id integer not null primary key,
  key text not null unique, -- what it is about: one mail for each
  kind integer not null, -- Ledger/Notice.cs
  address text, -- whom it goes to, where that is no subscriber
  subscriber integer, -- else the subscriber; the address is read when it is sent
  subject text not null,
  lines text not null, -- a JSON array of paragraphs
  queued_at integer not null,
  status integer not null check (status between 0 and 6), -- Ledger/Delivery.cs
  due_at integer not null,
  attempts integer not null,
  first_attempt integer, -- instant, null before it
  lease_owner text,
  lease_until integer,
  reply text,
  changed_at integer not null,
  check ((address is null) <> (subscriber is null))
) strict;

create index notices_due on notices (due_at, id) where status in (0, 4);
create index notices_on_wire on notices (id) where status in (1, 2);

-- Why mail stands still, and until when: all of it, or that of an edition.
create table sending_pauses (
  scope text not null primary key, -- transport/NAME or edition/ID
  since integer not null,
  kind integer not null check (kind between 0 and 3), -- Deliveries/SendingPause.cs
  reason text not null,
  probes integer not null,
  next_probe integer -- null: only the operator ends it
) strict, without rowid;
