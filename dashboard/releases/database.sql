-- Releases for the public, apart from everything else: a role that reads this schema needs no other right.
CREATE SCHEMA IF NOT EXISTS public_release;
-- One row per release: its whole file, the checksum of it, and whether it stands ('' in withdrawn_on).
CREATE TABLE IF NOT EXISTS public_release.release (
  number integer PRIMARY KEY, sha256 text NOT NULL, made_on text NOT NULL, made_by text NOT NULL,
  approved_by text NOT NULL, withdrawn_on text NOT NULL, withdrawn_because text NOT NULL, body bytea NOT NULL);
