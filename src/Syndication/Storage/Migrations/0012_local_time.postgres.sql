-- The hour on the reader's clock at which mails are due, such as 2026-03-29T08:00:00; null = at the slot, for all.
alter table editions add column local_slot text;

-- The zones that there are readers in are found by leaps over this.
create index subscribers_by_zone on subscribers (time_zone) where status = 1 and time_zone is not null;
