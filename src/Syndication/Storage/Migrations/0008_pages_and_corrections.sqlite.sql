-- A candidate is a post (note is empty) or a correction of one (note is the hash of its text). A post may wait for its page.
create table new_candidates (
  newsletter text not null,
  post_id text not null,
  note text not null,
  turned_up integer not null,
  lacked_at integer not null, -- the last completed scan that lacked it
  state integer not null check (state between 0 and 5), -- Editions/Candidate.cs
  first_try integer, -- instants at which its page was asked for; null before the first
  last_try integer,
  last_status integer, -- the HTTP status of the last answer; null when there was none
  last_answer text, -- the same for a person
  primary key (newsletter, post_id, note)
) strict, without rowid;

insert into new_candidates (newsletter, post_id, note, turned_up, lacked_at, state)
select newsletter, post_id, '', turned_up, lacked_at, state from candidates;
drop table candidates;
alter table new_candidates rename to candidates;

-- A release is a post (note is empty) or a correction of one. A number is given once and never changes.
create table new_releases (
  newsletter text not null,
  number integer not null,
  post_id text not null,
  note text not null, -- the hash of the correction's text
  released_at integer not null,
  topics text not null, -- a JSON array of strings
  corrects integer, -- the number of the post that is corrected
  correction text, -- the correction's text
  correction_mail integer not null check (correction_mail in (0, 1)), -- also a mail of its own to readers of each post
  primary key (newsletter, number),
  unique (newsletter, post_id, note)
) strict, without rowid;

insert into new_releases (newsletter, number, post_id, note, released_at, topics, correction_mail)
select newsletter, number, post_id, '', released_at, topics, 0 from releases;
drop table releases;
alter table new_releases rename to releases;
