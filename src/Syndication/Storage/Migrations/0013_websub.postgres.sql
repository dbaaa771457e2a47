-- WebSub: who was told of which version of a feed. Instants are microseconds since 1970 in UTC; what the last five columns mean is in WebSub/Effort.cs.

-- What other hubs were told.
create table websub_pings (
  hub text collate "C" not null,
  topic text collate "C" not null,
  done text collate "C",
  version text collate "C",
  attempts bigint not null,
  last_try bigint,
  due_at bigint,
  primary key (hub, topic)
);

-- Who subscribed to the built-in hub. Ids are never given again: what is noted of one that ended must not become another's.
create table websub_subscriptions (
  id bigint generated always as identity primary key,
  callback text collate "C" not null,
  topic text collate "C" not null,
  host text collate "C" not null, -- the callback's
  secret text collate "C",
  lease_until bigint not null,
  done text collate "C",
  version text collate "C",
  attempts bigint not null,
  last_try bigint,
  due_at bigint,
  unique (callback, topic)
);

create index websub_subscriptions_by_host on websub_subscriptions (host);
