-- One row for each edition and subscriber: what is to be sent and what became of it. No address: that is read when it is sent.
create table deliveries (
  id bigint generated always as identity primary key,
  edition bigint not null,
  subscriber bigint not null,
  subscription bigint not null,
  variant bigint not null,
  status bigint not null check (status between 0 and 6), -- Ledger/Delivery.cs
  due_at bigint not null,
  attempts bigint not null,
  first_attempt bigint, -- instant, null before it
  lease_owner text,
  lease_until bigint,
  reply text,
  changed_at bigint not null,
  unique (edition, subscriber)
);

create index deliveries_due on deliveries (due_at, id) where status in (0, 4);
create index deliveries_on_wire on deliveries (id) where status in (1, 2);

-- The number that a subscription has received through.
create table marks (
  subscription bigint not null primary key,
  number bigint not null
);

-- Numbers below its mark that a subscription is owed all the same.
create table owed (
  subscription bigint not null,
  number bigint not null,
  primary key (subscription, number)
);
