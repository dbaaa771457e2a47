-- Readers of the newsletters. Instants are microseconds since 1970 in UTC. Ids are never given again, since the ledger keeps them.
create table subscribers (
  id bigint generated always as identity primary key,
  uuid text collate "C" not null unique, -- 32 hex digits
  address text collate "C" not null, -- empty once erased
  address_key text collate "C" unique, -- what makes two addresses the same; null once erased
  name text collate "C",
  time_zone text collate "C", -- IANA name; null = the site's
  status bigint not null check (status between 0 and 4), -- SubscriberStatus
  status_since bigint not null
);

-- What a subscriber chose for one newsletter.
create table subscriptions (
  id bigint generated always as identity primary key,
  subscriber_id bigint not null references subscribers (id),
  newsletter text collate "C" not null,
  cadence bigint not null check (cadence between 0 and 3), -- Cadence
  since bigint not null,
  topics text collate "C" not null, -- JSON: [["topic", since], …]; [] = every topic
  pauses text collate "C" not null, -- JSON: [[from, until or null], …]
  unique (subscriber_id, newsletter)
);

-- The planner reads one newsletter and cadence in the order of ids.
create index subscriptions_by_cadence on subscriptions (newsletter, cadence, id);

-- Random keys. Links that were mailed are good as long as the key is here: a backup holds them, and nothing else does.
create table token_keys (
  id bigint not null primary key,
  purpose bigint not null check (purpose in (0, 1)), -- 0 signs links, the newest for new ones; 1 hashes erased addresses
  secret bytea not null,
  created_at bigint not null
);

-- What is left of an erased address: a keyed hash, so that no import brings it back.
create table erased_addresses (
  hash text collate "C" not null primary key,
  erased_at bigint not null
);
