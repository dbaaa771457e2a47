-- The date of a mail: when it was first due, or was planned where that was later. Null for rows made before; their edition's slot is theirs.
alter table deliveries add column dated integer;
