-- What the scripts need of a manifest, in one line. psql's variable "file" is where it is.
\set manifest `cat :'file'`
SELECT m #>> '{dump,label}', p ->> 'key', p ->> 'sha256', p ->> 'size', g ->> 'key', g ->> 'sha256', g ->> 'size',
       m #>> '{details,serverVersionNum}', m #>> '{details,systemIdentifier}', m #>> '{details,globals}', m #>> '{dump,tool}'
FROM (SELECT m, m #> '{dump,databases,0,parts,CUSTOM}' AS p, m #> '{dump,globals}' AS g FROM (SELECT :'manifest'::json AS m) whole) parts;
