-- How often the answer to an attempt was lost, so that nobody knows whether the mail arrived.
alter table deliveries add column lost integer not null default 0;
alter table notices add column lost integer not null default 0;
update deliveries set lost = 1 where status = 2 and status in (1, 2);
update notices set lost = 1 where status = 2;
