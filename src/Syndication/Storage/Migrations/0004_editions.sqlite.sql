-- What is known of each newsletter. Instants are microseconds since 1970 in UTC.
create table newsletters (
  name text not null primary key,
  begun_at integer not null -- when the posts present were declared not to be news
) strict, without rowid;

-- A post that turned up and is not yet released to a newsletter, or never will be.
create table candidates (
  newsletter text not null,
  post_id text not null,
  turned_up integer not null,
  lacked_at integer not null, -- the last completed scan that lacked it
  state integer not null check (state between 0 and 4), -- Editions/Candidate.cs
  primary key (newsletter, post_id)
) strict, without rowid;

-- Posts released to a newsletter, in their order. A number is given once and never changes.
create table releases (
  newsletter text not null,
  number integer not null,
  post_id text not null,
  released_at integer not null,
  topics text not null, -- a JSON array of strings
  primary key (newsletter, number),
  unique (newsletter, post_id)
) strict, without rowid;

-- One issue of a newsletter. The key is the local date of a digest's slot, or the post of "each post".
create table editions (
  id integer not null primary key,
  newsletter text not null,
  cadence integer not null check (cadence between 0 and 3),
  key text not null,
  slot integer not null,
  upto integer not null, -- the highest number it takes
  cutoff integer not null, -- subscriptions that began later are not of its audience
  status integer not null check (status between 0 and 3), -- Editions/Edition.cs
  is_paused integer not null check (is_paused in (0, 1)),
  cursor integer not null, -- the last subscription that was planned
  candidates integer not null, -- rows that were planned
  unique (newsletter, cadence, key)
) strict;

-- The distinct sets of posts within an edition, and their text once it is frozen.
create table variants (
  edition integer not null references editions (id),
  variant integer not null,
  numbers text not null, -- a JSON array of numbers in their order
  composed text, -- JSON, null until its first row falls due
  primary key (edition, variant),
  unique (edition, numbers)
) strict, without rowid;

-- The last slot of each cadence that was planned or passed over.
create table slots (
  newsletter text not null,
  cadence integer not null,
  last_slot integer not null,
  primary key (newsletter, cadence)
) strict, without rowid;
