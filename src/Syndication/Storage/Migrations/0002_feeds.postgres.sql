-- When the bytes of a feed last changed, so that Last-Modified outlives restarts and is the same on all nodes.
create table feeds (
  path text collate "C" not null primary key,
  hash text collate "C" not null,
  last_modified bigint not null -- microseconds since 1970 in UTC, whole seconds
);
