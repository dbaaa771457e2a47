-- Rows are taken edition by edition, so that a paused one with a million rows costs nothing.
drop index deliveries_due;
create index deliveries_due on deliveries (edition, due_at, id) where status in (0, 4);

-- How many mails of an edition were sent within a minute: what its expected end is reckoned from.
create table pace (
  edition integer not null,
  minute integer not null, -- whole minutes since 1970
  sent integer not null,
  primary key (edition, minute)
) strict, without rowid;

-- The account of an edition whose mails all have their outcome; null before that. Its rows may be folded: then this is all there is.
alter table editions add column ended_at integer;
alter table editions add column sent integer;
alter table editions add column failed integer;
alter table editions add column cancelled integer;
alter table editions add column folded_at integer;

-- What servers said of the failed mails of a folded edition.
create table folded_replies (
  edition integer not null references editions (id),
  reply text not null,
  mails integer not null,
  primary key (edition, reply)
) strict, without rowid;
