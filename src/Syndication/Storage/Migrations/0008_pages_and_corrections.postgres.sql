-- A candidate is a post (note is empty) or a correction of one (note is the hash of its text). A post may wait for its page.
alter table candidates
  add column note text collate "C" not null default '',
  add column first_try bigint, -- instants at which its page was asked for; null before the first
  add column last_try bigint,
  add column last_status bigint, -- the HTTP status of the last answer; null when there was none
  add column last_answer text, -- the same for a person
  drop constraint candidates_state_check,
  add constraint candidates_state_check check (state between 0 and 5), -- Editions/Candidate.cs
  drop constraint candidates_pkey,
  add primary key (newsletter, post_id, note);
alter table candidates alter column note drop default;

-- A release is a post (note is empty) or a correction of one. A number is given once and never changes.
alter table releases
  add column note text collate "C" not null default '', -- the hash of the correction's text
  add column corrects bigint, -- the number of the post that is corrected
  add column correction text, -- the correction's text
  add column correction_mail bigint not null default 0 check (correction_mail in (0, 1)), -- also a mail of its own to readers of each post
  drop constraint releases_newsletter_post_id_key,
  add unique (newsletter, post_id, note);
alter table releases alter column note drop default;
alter table releases alter column correction_mail drop default;
