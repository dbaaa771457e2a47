-- Identity of every post that was ever seen (KnownPost). Instants are microseconds since 1970 in UTC.
create table posts (
  id text not null primary key,
  path text not null,
  permalink text not null,
  slug text not null,
  fingerprint text not null,
  first_seen integer not null,
  date integer not null,
  date_offset integer not null, -- minutes east of UTC
  is_present integer not null check (is_present in (0, 1))
) strict, without rowid;

-- Instants that concern the folder as a whole: the last completed scan, and the operator's word that removals are meant.
create table scan_facts (
  name text not null primary key,
  instant integer not null
) strict, without rowid;
