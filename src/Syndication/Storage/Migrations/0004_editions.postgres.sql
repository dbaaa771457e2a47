-- What is known of each newsletter. Instants are microseconds since 1970 in UTC.
create table newsletters (
  name text collate "C" not null primary key,
  begun_at bigint not null -- when the posts present were declared not to be news
);

-- A post that turned up and is not yet released to a newsletter, or never will be.
create table candidates (
  newsletter text collate "C" not null,
  post_id text collate "C" not null,
  turned_up bigint not null,
  lacked_at bigint not null, -- the last completed scan that lacked it
  state bigint not null check (state between 0 and 4), -- Editions/Candidate.cs
  primary key (newsletter, post_id)
);

-- Posts released to a newsletter, in their order. A number is given once and never changes.
create table releases (
  newsletter text collate "C" not null,
  number bigint not null,
  post_id text collate "C" not null,
  released_at bigint not null,
  topics text collate "C" not null, -- a JSON array of strings
  primary key (newsletter, number),
  unique (newsletter, post_id)
);

-- One issue of a newsletter. The key is the local date of a digest's slot, or the post of "each post".
create table editions (
  id bigint generated always as identity primary key,
  newsletter text collate "C" not null,
  cadence bigint not null check (cadence between 0 and 3),
  key text collate "C" not null,
  slot bigint not null,
  upto bigint not null, -- the highest number it takes
  cutoff bigint not null, -- subscriptions that began later are not of its audience
  status bigint not null check (status between 0 and 3), -- Editions/Edition.cs
  is_paused bigint not null check (is_paused in (0, 1)),
  cursor bigint not null, -- the last subscription that was planned
  candidates bigint not null, -- rows that were planned
  unique (newsletter, cadence, key)
);

-- The distinct sets of posts within an edition, and their text once it is frozen.
create table variants (
  edition bigint not null references editions (id),
  variant bigint not null,
  numbers text collate "C" not null, -- a JSON array of numbers in their order
  composed text, -- JSON, null until its first row falls due
  primary key (edition, variant),
  unique (edition, numbers)
);

-- The last slot of each cadence that was planned or passed over.
create table slots (
  newsletter text collate "C" not null,
  cadence bigint not null,
  last_slot bigint not null,
  primary key (newsletter, cadence)
);
