-- The role of the public server: it reads the releases, without the names of who made them, and nothing else.
-- Run it once in the database of the releases, as its owner, then give the role a password: \password {role}
CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
ALTER ROLE {role} SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE {database} TO {role};
GRANT USAGE ON SCHEMA public_release TO {role};
GRANT SELECT (number, sha256, made_on, withdrawn_on, body) ON public_release.release TO {role};
