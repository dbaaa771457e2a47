-- Readers of the newsletters. Instants are microseconds since 1970 in UTC. Ids are never given again, since the ledger keeps them.
create table subscribers (
  id integer not null primary key autoincrement,
  uuid text not null unique, -- 32 hex digits
  address text not null, -- empty once erased
  address_key text unique, -- what makes two addresses the same; null once erased
  name text,
  time_zone text, -- IANA name; null = the site's
  status integer not null check (status between 0 and 4), -- SubscriberStatus
  status_since integer not null
) strict;

-- What a subscriber chose for one newsletter.
create table subscriptions (
  id integer not null primary key autoincrement,
  subscriber_id integer not null references subscribers (id),
  newsletter text not null,
  cadence integer not null check (cadence between 0 and 3), -- Cadence
  since integer not null,
  topics text not null, -- JSON: [["topic", since], …]; [] = every topic
  pauses text not null, -- JSON: [[from, until or null], …]
  unique (subscriber_id, newsletter)
) strict;

-- The planner reads one newsletter and cadence in the order of ids.
create index subscriptions_by_cadence on subscriptions (newsletter, cadence, id);

-- Random keys. Links that were mailed are good as long as the key is here: a backup holds them, and nothing else does.
create table token_keys (
  id integer not null primary key,
  purpose integer not null check (purpose in (0, 1)), -- 0 signs links, the newest for new ones; 1 hashes erased addresses
  secret blob not null,
  created_at integer not null
) strict;

-- What is left of an erased address: a keyed hash, so that no import brings it back.
create table erased_addresses (
  hash text not null primary key,
  erased_at integer not null
) strict, without rowid;
