-- What the server is, in one line; a standby will do for a dump.
SELECT current_setting('server_version_num'), current_setting('server_version'),
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), pg_is_in_recovery(),
       (SELECT system_identifier FROM pg_control_system()), pg_database_size(current_database());
