-- How much each transport took lately, so that its limits outlast a restart, and when it first took anything. Instants are microseconds since 1970 in UTC.
create table transport_limits (
  name text not null primary key,
  first_sent integer not null,
  windows text not null -- Deliveries/RateLimit.cs
) strict, without rowid;
