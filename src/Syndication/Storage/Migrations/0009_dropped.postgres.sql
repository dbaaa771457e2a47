-- Cancelled, and its posts do not come with the next edition either.
alter table editions add column is_dropped bigint not null default 0 check (is_dropped in (0, 1));
