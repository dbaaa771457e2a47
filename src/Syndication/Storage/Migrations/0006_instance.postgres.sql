-- What this database is among its copies and backups: one row.
create table instance (
  one bigint not null primary key check (one = 1),
  id text not null, -- 32 hex digits; another one after every `storage adopt`
  turn bigint not null, -- grows with each release, edition and outcome: a copy of an earlier moment has a lower one
  posts_folder text, -- of the site whose posts these are; null before the first serve, and for the samples
  site_url text -- its public address; null where it has none
);

insert into instance (one, id, turn) values (1, replace(cast(gen_random_uuid() as text), '-', ''), 0);
