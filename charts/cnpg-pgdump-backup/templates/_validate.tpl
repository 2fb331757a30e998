{{- /* What the schema cannot say in a sentence. Each refusal names the value and the remedy. */ -}}
{{- define "pgdump.validate" -}}
{{- $v := .Values -}}
{{- $schedule := include "pgdump.schedule" . | trimAll "\"" -}}
{{- if not (regexMatch `^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[0-9*/,A-Za-z?-]+( +[0-9*/,A-Za-z?-]+){4})$` $schedule) -}}
{{- fail (printf "controllers.cronjob.schedule %q is no schedule of a CronJob: give five fields, for example \"45 9 * * *\"" $schedule) -}}
{{- end -}}
{{- if regexMatch `(^|[^a-z])(TZ|CRON_TZ)=` $schedule -}}
{{- fail "controllers.cronjob.schedule has a time zone in it: set controllers.cronjob.timeZone instead" -}}
{{- end -}}
{{- if not $v.cnpg.secretName -}}
{{- fail "cnpg.secretName is empty: name the Secret with the connection, for CloudNativePG it is CLUSTER-app" -}}
{{- end -}}
{{- if and (hasPrefix "verify-" $v.cnpg.sslMode) (not $v.cnpg.caSecretName) -}}
{{- fail (printf "cnpg.sslMode %s needs the CA of the server: set cnpg.caSecretName, for CloudNativePG it is CLUSTER-ca" $v.cnpg.sslMode) -}}
{{- end -}}
{{- if and $v.s3.useExistingSecret (not $v.s3.secretName) -}}
{{- fail "s3.secretName is empty: name the Secret with the credentials, or set s3.useExistingSecret=false to use the pod's identity" -}}
{{- end -}}
{{- if not $v.s3.useExistingSecret -}}
{{- if not (and $v.s3.bucket $v.s3.region) -}}
{{- fail "s3.useExistingSecret is false, so there is no Secret to take bucket and region from: set s3.bucket and s3.region" -}}
{{- end -}}
{{- end -}}
{{- if not (regexMatch `^([A-Za-z0-9!_.'()=-]+(/[A-Za-z0-9!_.'()=-]+)*)?$` $v.s3.prefix) -}}
{{- fail (printf "s3.prefix %q would make keys that start with / or have empty parts: use letters, digits, - _ . and single slashes between them" $v.s3.prefix) -}}
{{- end -}}
{{- if regexMatch `(^|/)\.\.?(/|$)` $v.s3.prefix -}}
{{- fail (printf "s3.prefix %q has a part that is . or ..: such keys cannot be read back by every client, use a name" $v.s3.prefix) -}}
{{- end -}}
{{- if and $v.s3.endpoint (not (regexMatch `^https?://[^/@\s]+/?$` $v.s3.endpoint)) -}}
{{- fail (printf "s3.endpoint %q must be http(s)://HOST[:PORT] without bucket, path or credentials" $v.s3.endpoint) -}}
{{- end -}}
{{- if and $v.s3.kmsKeyId (ne $v.s3.serverSideEncryption "aws:kms") -}}
{{- fail "s3.kmsKeyId is set, but s3.serverSideEncryption is not aws:kms: set both or none" -}}
{{- end -}}
{{- if or (not $v.image.tag) (eq $v.image.tag "latest") -}}
{{- fail "image.tag must be an exact version: with latest nobody knows which pg_dump made a backup" -}}
{{- end -}}
{{- if and $v.dump.globals.passwords (not $v.dump.globals.enabled) -}}
{{- fail "dump.globals.passwords is set, but no roles are dumped: set dump.globals.enabled=true" -}}
{{- end -}}
{{- if not (regexMatch `^(none|(gzip|lz4|zstd)(:[0-9]+)?)$` $v.dump.compression) -}}
{{- fail (printf "dump.compression %q is unknown: use none, or METHOD:LEVEL with gzip, lz4 or zstd" $v.dump.compression) -}}
{{- end -}}
{{- range concat $v.dump.excludeTables $v.dump.excludeTableData -}}
{{- if not (regexMatch `^[^".\s]+\.[^".\s]+$` .) -}}
{{- fail (printf "table %q must be given as schema.table: a pattern would leave out more than the manifest could say" .) -}}
{{- end -}}
{{- end -}}
{{- range $v.dump.extraArgs -}}
{{- if not (regexMatch `^--(verbose|no-comments|no-publications|no-subscriptions|no-security-labels|no-toast-compression|no-table-access-method|no-tablespaces|quote-all-identifiers|lock-wait-timeout=\w+|encoding=[\w-]+|extra-float-digits=-?\d+|load-via-partition-root|enable-row-security)$` .) -}}
{{- fail (printf "dump.extraArgs: %s is not allowed, it could change which rows are dumped, or where to; use dump.excludeTables and dump.excludeTableData" .) -}}
{{- end -}}
{{- end -}}
{{- $object := include "pgdump.restoreObject" . -}}
{{- if $object -}}
{{- if not (regexMatch `^[^/\s].*/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}$` $object) -}}
{{- fail (printf "restore.object %q names no dump: give the folder that the backup job printed, PREFIX/NAMESPACE/RELEASE/DATABASE/LABEL; there is no \"latest\", so that a reconcile always means the same dump" $object) -}}
{{- end -}}
{{- if and (eq (include "pgdump.restoreForce" .) "true") (not $v.restore.record) -}}
{{- fail "restore.force without restore.record would delete and restore the database again with every new Job: set restore.record=true, or restore into an empty database" -}}
{{- end -}}
{{- else if eq (include "pgdump.restoreForce" .) "true" -}}
{{- fail "restore.force is true, but there is nothing to restore: set restore.object, or restore.force=false" -}}
{{- end -}}
{{- if not (regexMatch `^[0-9]+(ms|s|min|h)$` $v.restore.lockTimeout) -}}
{{- fail (printf "restore.lockTimeout %q must be a number with a unit, for example 60s" $v.restore.lockTimeout) -}}
{{- end -}}
{{- if and $v.rbac.extraRules (not $v.serviceAccount.create) (not $v.serviceAccount.name) -}}
{{- fail "rbac.extraRules would go to the namespace's default service account: set serviceAccount.create=true or serviceAccount.name" -}}
{{- end -}}
{{- end -}}
