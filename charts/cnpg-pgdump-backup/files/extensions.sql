-- Extensions of the dump that are missing here and cannot be created by this role, a sentence each. psql's variable "file" is the manifest.
\set manifest `cat :'file'`
SELECT CASE WHEN v.name IS NULL THEN format('the server has no extension %s', e.name)
            ELSE format('role %s may not create the extension %s', current_user, e.name) END
FROM json_array_elements_text(:'manifest'::json #> '{details,extensions}') e(name)
     LEFT JOIN (SELECT x.name, bool_or(NOT av.superuser OR av.trusted AND has_database_privilege(current_database(), 'CREATE')) AS allowed
                FROM pg_available_extensions x JOIN pg_available_extension_versions av ON av.name = x.name AND av.version = x.default_version
                GROUP BY x.name) v ON v.name = e.name
WHERE e.name NOT IN (SELECT extname FROM pg_extension)
  AND (v.name IS NULL OR NOT (v.allowed OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)));
