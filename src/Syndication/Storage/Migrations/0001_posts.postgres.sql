-- Identity of every post that was ever seen (KnownPost). Instants are microseconds since 1970 in UTC.
create table posts (
  id text collate "C" not null primary key,
  path text collate "C" not null,
  permalink text collate "C" not null,
  slug text collate "C" not null,
  fingerprint text collate "C" not null,
  first_seen bigint not null,
  date bigint not null,
  date_offset bigint not null, -- minutes east of UTC
  is_present bigint not null check (is_present in (0, 1))
);

-- Instants that concern the folder as a whole: the last completed scan, and the operator's word that removals are meant.
create table scan_facts (
  name text collate "C" not null primary key,
  instant bigint not null
);
