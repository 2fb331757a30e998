-- What the snapshot sees, as members of JSON objects, into the files :tables, :sequences, :large_objects and :details.
-- psql's variables: exclude, exclude_data (schema.table, one a line), count (false: names without numbers), lsn, globals.
\o :tables
SELECT CASE
         WHEN n.nspname || '.' || c.relname = ANY (string_to_array(:'exclude_data', E'\n')) OR (c.relpersistence = 'u' AND pg_is_in_recovery())
           THEN format('SELECT %L', to_json(format('%I.%I', n.nspname, c.relname))::text || ':0')
         WHEN :'count' = 'false'
           THEN format('SELECT %L', to_json(format('%I.%I', n.nspname, c.relname))::text || ':null')
         ELSE format('SELECT %L || count(*) FROM ONLY %I.%I', to_json(format('%I.%I', n.nspname, c.relname))::text || ':', n.nspname, c.relname)
       END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND n.nspname || '.' || c.relname <> ALL (string_to_array(:'exclude', E'\n'))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C"
\gexec
\o :sequences
SELECT format('SELECT %L || last_value FROM %I.%I', to_json(format('%I.%I', n.nspname, c.relname))::text || ':', n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                    AND t.relnamespace::regnamespace::text || '.' || t.relname = ANY (string_to_array(:'exclude', E'\n')))
ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C"
\gexec
\o :large_objects
SELECT count(*) FROM pg_largeobject_metadata;
\o :details
SELECT row_to_json(d) FROM (
    SELECT current_database() AS database, current_user AS role, :'lsn' AS lsn,
           (SELECT system_identifier FROM pg_control_system())::text AS "systemIdentifier",
           current_setting('server_version_num')::int AS "serverVersionNum", pg_is_in_recovery() AS "fromStandby",
           pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, datctype AS ctype, :'globals'::bool AS globals,
           (SELECT coalesce(json_agg(extname ORDER BY extname), '[]') FROM pg_extension WHERE extname <> 'plpgsql') AS extensions
    FROM pg_database WHERE datname = current_database()) d;
\o
\echo counted
