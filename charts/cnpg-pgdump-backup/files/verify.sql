-- Runs last in the restore's transaction: an exception here undoes all of it. psql's variable "file" is the manifest.
\set manifest `cat :'file'`
SET LOCAL row_security = off;
SELECT set_config('pgrehearsal.manifest', :'manifest', true) \g /dev/null
DO $$
DECLARE
    manifest CONSTANT json := current_setting('pgrehearsal.manifest')::json;
    wanted CONSTANT json := manifest #> '{dump,databases,0,contents}';
    entry record;
    have bigint;
    differences text[] := '{}';
BEGIN
    IF pg_current_xact_id()::text <> current_setting('pgrehearsal.transaction') THEN
        RAISE EXCEPTION 'the restore was committed before it was compared with its manifest: do not use this database';
    END IF;
    FOR entry IN
        SELECT coalesce(w.key, h.name) AS name, w.key IS NOT NULL AS expected, w.value AS rows, h.name IS NOT NULL AS present
        FROM json_each_text(wanted -> 'tables') w
             FULL JOIN (SELECT format('%I.%I', n.nspname, c.relname) AS name
                        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')) h
             ON h.name = w.key
    LOOP
        IF NOT entry.present THEN
            differences := differences || format('table %s is missing', entry.name);
        ELSIF NOT entry.expected THEN
            differences := differences || format('table %s is not in the manifest', entry.name);
        ELSIF entry.rows IS NOT NULL THEN
            EXECUTE 'SELECT count(*) FROM ONLY ' || entry.name INTO have;
            IF have <> entry.rows::bigint THEN
                differences := differences || format('table %s has %s rows, the manifest says %s', entry.name, have, entry.rows);
            END IF;
        END IF;
    END LOOP;
    SELECT count(*) INTO have FROM pg_catalog.pg_largeobject_metadata;
    IF have <> (wanted ->> 'largeObjects')::bigint THEN
        differences := differences || format('there are %s large objects, the manifest says %s', have, wanted ->> 'largeObjects');
    END IF;
    FOR entry IN SELECT key FROM json_each_text(wanted -> 'sequences') WHERE to_regclass(key) IS NULL LOOP
        differences := differences || format('sequence %s is missing', entry.key);
    END LOOP;
    FOR entry IN SELECT value FROM json_array_elements_text(manifest #> '{details,extensions}')
                 WHERE value NOT IN (SELECT extname FROM pg_catalog.pg_extension) LOOP
        differences := differences || format('extension %s is missing', entry.value);
    END LOOP;
    IF array_length(differences, 1) > 0 THEN
        RAISE EXCEPTION 'what was restored is not what was dumped: %', array_to_string(differences[1:5], '; ')
            || CASE WHEN array_length(differences, 1) > 5 THEN format('; and %s more', array_length(differences, 1) - 5) ELSE '' END;
    END IF;
END
$$;
