-- Mails that are no edition, such as alerts to the operator: sent before all others. Instants are microseconds since 1970 in UTC.
create table notices (
  id bigint generated always as identity primary key,
  key text collate "C" not null unique, -- what it is about: one mail for each
  kind bigint not null, -- Ledger/Notice.cs
  address text collate "C", -- whom it goes to, where that is no subscriber
  subscriber bigint, -- else the subscriber; the address is read when it is sent
  subject text collate "C" not null,
  lines text collate "C" not null, -- a JSON array of paragraphs
  queued_at bigint not null,
  status bigint not null check (status between 0 and 6), -- Ledger/Delivery.cs
  due_at bigint not null,
  attempts bigint not null,
  first_attempt bigint, -- instant, null before it
  lease_owner text,
  lease_until bigint,
  reply text,
  changed_at bigint not null,
  check ((address is null) <> (subscriber is null))
);

create index notices_due on notices (due_at, id) where status in (0, 4);
create index notices_on_wire on notices (id) where status in (1, 2);

-- Why mail stands still, and until when: all of it, or that of an edition.
create table sending_pauses (
  scope text collate "C" not null primary key, -- transport/NAME or edition/ID
  since bigint not null,
  kind bigint not null check (kind between 0 and 3), -- Deliveries/SendingPause.cs
  reason text collate "C" not null,
  probes bigint not null,
  next_probe bigint -- null: only the operator ends it
);
