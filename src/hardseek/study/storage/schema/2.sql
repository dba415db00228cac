-- Participants stand in the order of the study file, which not every database keeps by itself.

ALTER TABLE participants ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
