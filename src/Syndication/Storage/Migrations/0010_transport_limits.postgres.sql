-- How much each transport took lately, so that its limits outlast a restart, and when it first took anything. Instants are microseconds since 1970 in UTC.
create table transport_limits (
  name text collate "C" not null primary key,
  first_sent bigint not null,
  windows text collate "C" not null -- Deliveries/RateLimit.cs
);
