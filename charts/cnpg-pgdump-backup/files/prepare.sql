-- Runs first in the restore's transaction: makes sure that it is alone and that the database is empty, or empties it if that was asked for.
-- psql's variable "force" is true or false. What belongs to an extension stays: the dump creates extensions only where they are missing.
SET LOCAL client_min_messages = warning;
SELECT set_config('pgrehearsal.force', :'force', true), set_config('pgrehearsal.transaction', pg_current_xact_id()::text, false) \g /dev/null
DO $$
DECLARE
    force CONSTANT boolean := current_setting('pgrehearsal.force')::boolean;
    entry record;
    found bigint := 0;
    example text;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('pgrehearsal'), hashtext('restore')) THEN
        RAISE EXCEPTION 'another restore into this database is under way';
    END IF;
    -- schemas first: they take most of the rest with them
    FOR entry IN
        SELECT c.classid, c.objid, id.type, id.identity
        FROM (SELECT 'pg_namespace'::regclass AS classid, oid AS objid, 1 AS rank FROM pg_namespace n
              WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
                AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extnamespace = n.oid)
              UNION ALL
              SELECT d.classid, d.objid, 2 FROM pg_depend d JOIN pg_namespace n ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
              WHERE d.deptype = 'n' AND d.classid <> 'pg_extension'::regclass AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                AND d.classid <> 'pg_default_acl'::regclass
              UNION ALL SELECT 'pg_publication'::regclass, oid, 3 FROM pg_publication
              UNION ALL SELECT 'pg_event_trigger'::regclass, oid, 3 FROM pg_event_trigger
              UNION ALL SELECT 'pg_cast'::regclass, oid, 3 FROM pg_cast
              UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 4 FROM pg_foreign_server
              UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 5 FROM pg_foreign_data_wrapper
              UNION ALL SELECT 'pg_language'::regclass, oid, 5 FROM pg_language) c
             CROSS JOIN LATERAL pg_identify_object(c.classid, c.objid, 0) id
        WHERE c.objid >= 16384 AND id.identity IS NOT NULL
          AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = c.classid AND e.objid = c.objid AND e.deptype = 'e')
        ORDER BY c.rank, id.type, id.identity
    LOOP
        found := found + 1;
        example := coalesce(example, entry.type || ' ' || entry.identity);
        EXIT WHEN NOT force AND found > 1000;
        IF force THEN
            EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE entry.type WHEN 'statistics object' THEN 'STATISTICS' ELSE upper(entry.type) END,
                           entry.identity);
        END IF;
    END LOOP;
    FOR entry IN SELECT oid FROM pg_largeobject_metadata LOOP
        found := found + 1;
        example := coalesce(example, 'large object ' || entry.oid);
        EXIT WHEN NOT force AND found > 1000;
        IF force THEN
            PERFORM lo_unlink(entry.oid);
        END IF;
    END LOOP;
    IF found > 0 AND NOT force THEN
        RAISE EXCEPTION 'the database is not empty: it has % objects, for example %', CASE WHEN found > 1000 THEN 'over 1000' ELSE found::text END, example;
    END IF;
END
$$;
