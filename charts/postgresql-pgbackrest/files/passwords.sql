-- Brings the roles' passwords to what the Secret says.
\set user `printf %s "$APP_USER"`
\set superuser_password `cat "$CREDENTIALS/postgres-password"`
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SET pg_stat_statements.track = 'none';
ALTER ROLE postgres PASSWORD :'superuser_password';
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') AS has_user \gset
\if :has_user
\set password `cat "$CREDENTIALS/password"`
ALTER ROLE :"user" PASSWORD :'password';
\endif
