-- One row for each edition and subscriber: what is to be sent and what became of it. No address: that is read when it is sent.
create table deliveries (
  id integer not null primary key,
  edition integer not null,
  subscriber integer not null,
  subscription integer not null,
  variant integer not null,
  status integer not null check (status between 0 and 6), -- Ledger/Delivery.cs
  due_at integer not null,
  attempts integer not null,
  first_attempt integer, -- instant, null before it
  lease_owner text,
  lease_until integer,
  reply text,
  changed_at integer not null,
  unique (edition, subscriber)
) strict;

create index deliveries_due on deliveries (due_at, id) where status in (0, 4);
create index deliveries_on_wire on deliveries (id) where status in (1, 2);

-- The number that a subscription has received through.
create table marks (
  subscription integer not null primary key,
  number integer not null
) strict;

-- Numbers below its mark that a subscription is owed all the same.
create table owed (
  subscription integer not null,
  number integer not null,
  primary key (subscription, number)
) strict, without rowid;
