-- The application's role and database, in a new cluster. Passwords are read from files and never logged.
\set user `printf %s "$APP_USER"`
\set database `printf %s "$APP_DATABASE"`
\set password `cat "$CREDENTIALS/password"`
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
CREATE ROLE :"user" LOGIN PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"user";
