-- Permalinks that a post had before, as a JSON list, oldest first: who asks for one of them is sent to where the post is now.
alter table posts add column earlier text not null default '[]';
