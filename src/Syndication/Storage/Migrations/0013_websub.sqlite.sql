-- WebSub: who was told of which version of a feed. Instants are microseconds since 1970 in UTC; what the last five columns mean is in WebSub/Effort.cs.

-- What other hubs were told.
create table websub_pings (
  hub text not null,
  topic text not null,
  done text,
  version text,
  attempts integer not null,
  last_try integer,
  due_at integer,
  primary key (hub, topic)
) strict, without rowid;

-- Who subscribed to the built-in hub. Ids are never given again: what is noted of one that ended must not become another's.
create table websub_subscriptions (
  id integer not null primary key autoincrement,
  callback text not null,
  topic text not null,
  host text not null, -- the callback's
  secret text,
  lease_until integer not null,
  done text,
  version text,
  attempts integer not null,
  last_try integer,
  due_at integer,
  unique (callback, topic)
) strict;

create index websub_subscriptions_by_host on websub_subscriptions (host);
