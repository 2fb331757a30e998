{{- /* Each refusal is what Spilo or the operator would do in silence, and the remedy. */ -}}

{{- define "zalando.checkSchedule" -}}
{{- if not (regexMatch `^[0-9*/,A-Za-z-]+( +[0-9*/,A-Za-z-]+){4}$` (index . 1)) -}}
{{- fail (printf "%s %q is no line of cron: Spilo would write a crontab that never runs; give five fields, for example \"0 2 * * *\"" (index . 0) (index . 1)) -}}
{{- end -}}
{{- end -}}

{{- /* list NAME PATH NAMESPACE DATABASE: every cluster, and every major version of it, must have a path of its own */ -}}
{{- define "zalando.checkPath" -}}
{{- $name := index . 0 -}}{{- $path := index . 1 -}}
{{- if hasPrefix "s3://" $path -}}
{{- fail (printf "%s %q must be a path in the bucket: leave out s3:// and the bucket, which is store.bucket" $name $path) -}}
{{- end -}}
{{- if or (hasPrefix "/" $path) (hasSuffix "/" $path) (contains "//" $path) -}}
{{- fail (printf "%s %q has an empty part: use single slashes between the parts, none at the ends" $name $path) -}}
{{- end -}}
{{- range regexFindAll `\$\([^)]*\)` $path -1 -}}
{{- if not (has . (list "$(SCOPE)" "$(POD_NAMESPACE)" "$(PGVERSION)")) -}}
{{- fail (printf "%s: %s is not set before it in the pod, so it would be part of the path as it stands; only $(POD_NAMESPACE), $(SCOPE) and $(PGVERSION) are" $name .) -}}
{{- end -}}
{{- end -}}
{{- if regexMatch `\$[^(]|\$$|\$\([^)]*$` $path -}}
{{- fail (printf "%s %q has a $ that is no $(VAR): Kubernetes would leave it in the path" $name $path) -}}
{{- end -}}
{{- $parts := splitList "/" $path -}}
{{- if not (or (has "$(SCOPE)" $parts) (has (index . 3) $parts)) -}}
{{- fail (printf "%s %q could be shared by two databases: make $(SCOPE) a part of it" $name $path) -}}
{{- end -}}
{{- if not (or (has "$(POD_NAMESPACE)" $parts) (has (index . 2) $parts)) -}}
{{- fail (printf "%s %q could be shared by databases of one name in two namespaces: make $(POD_NAMESPACE) a part of it" $name $path) -}}
{{- end -}}
{{- if not (has "$(PGVERSION)" $parts) -}}
{{- fail (printf "%s %q would mix two major versions after an upgrade, and retention then deletes the newer: make $(PGVERSION) a part of it" $name $path) -}}
{{- end -}}
{{- end -}}

{{- /* list WHERE ENV ORIGIN: variables by the user. Whatever Spilo does not copy to WAL-G has no effect, and looks as if it had. */ -}}
{{- define "zalando.checkEnv" -}}
{{- $where := index . 0 -}}
{{- $known := splitList " " "WALE_S3_PREFIX WALG_S3_PREFIX WAL_S3_BUCKET WAL_BUCKET_SCOPE_PREFIX WAL_BUCKET_SCOPE_SUFFIX AWS_INSTANCE_PROFILE AWS_REGION AWS_ENDPOINT WALE_S3_ENDPOINT WALE_DISABLE_S3_SSE WALG_S3_SSE_KMS_ID WALG_S3_SSE WALG_DISABLE_S3_SSE AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE AWS_STS_REGIONAL_ENDPOINTS WALG_DELTA_MAX_STEPS WALG_DELTA_ORIGIN WALG_DOWNLOAD_CONCURRENCY WALG_UPLOAD_CONCURRENCY WALG_UPLOAD_DISK_CONCURRENCY WALG_DISK_RATE_LIMIT WALG_NETWORK_RATE_LIMIT WALG_COMPRESSION_METHOD WALG_BACKUP_COMPRESSION_METHOD WALG_BACKUP_FROM_REPLICA WALG_SENTINEL_USER_DATA WALG_PREVENT_WAL_OVERWRITE WALG_S3_CA_CERT_FILE WALG_LIBSODIUM_KEY_PATH WALG_LIBSODIUM_KEY_TRANSFORM WALG_PGP_KEY_PATH WALE_BACKUP_THRESHOLD_MEGABYTES WALE_BACKUP_THRESHOLD_PERCENTAGE WAL_RESTORE_TIMEOUT USE_WALG_BACKUP USE_WALG_RESTORE USE_PAUSE_AT_RECOVERY_TARGET CLONE_TARGET_TIMELINE CLONE_TARGET_INCLUSIVE" -}}
{{- $chart := dict "BACKUP_SCHEDULE" "backupSchedule or database.backup.schedule" "BACKUP_NUM_TO_RETAIN" "backupsToRetain or database.backup.retain" "WALG_S3_PREFIX" "s3PrefixTemplate or database.backup.prefix" "WALE_S3_PREFIX" "s3PrefixTemplate or database.backup.prefix" "WAL_S3_BUCKET" "store.bucket" "WAL_BUCKET_SCOPE_PREFIX" "the operator's own paths" "WAL_BUCKET_SCOPE_SUFFIX" "the operator's own paths" "AWS_ENDPOINT" "store.endpoint" "AWS_REGION" "store.region" "WALE_S3_ENDPOINT" "store.pathStyle" "AWS_S3_FORCE_PATH_STYLE" "store.pathStyle; Spilo overwrites this one" "AWS_FORCE_PATH_STYLE" "store.pathStyle; nobody reads this name" "WALG_S3_CA_CERT_FILE" "store.caFile" "USE_WALG_BACKUP" "enableBackup; false here would not stop backups but break them" "USE_WALG_RESTORE" "enableRestore" "CLONE_USE_WALG_RESTORE" "enableClone" -}}
{{- $operator := splitList " " "SCOPE PGROOT POD_IP POD_NAMESPACE PGUSER_SUPERUSER KUBERNETES_SCOPE_LABEL KUBERNETES_ROLE_LABEL PGPASSWORD_SUPERUSER PGUSER_STANDBY PGPASSWORD_STANDBY PAM_OAUTH2 HUMAN_ROLE ENABLE_WAL_PATH_COMPAT PGVERSION KUBERNETES_LABELS SPILO_CONFIGURATION DCS_ENABLE_KUBERNETES_API KUBERNETES_BOOTSTRAP_LABELS KUBERNETES_USE_CONFIGMAPS" -}}
{{- range $given, $value := index . 1 -}}
{{- $name := upper $given -}}
{{- $bare := regexReplaceAll `^(CLONE|STANDBY)_` $name "" -}}
{{- if regexMatch `(SECRET|PASSWORD|PASSPHRASE|TOKEN|ACCESS_KEY|CREDENTIAL)|_(PGP|LIBSODIUM)_KEY$|_SAS|ACCOUNT_KEY` ($bare | replace "AWS_WEB_IDENTITY_TOKEN_FILE" "") -}}
{{- if has $bare (list "AWS_SESSION_TOKEN" "AWS_SECURITY_TOKEN") -}}
{{- fail (printf "%s: Spilo drops %s, so temporary credentials cannot be used: use keys that do not expire, in a Secret" $where $name) -}}
{{- end -}}
{{- fail (printf "%s: %s is a credential, and everybody who may read pods or ConfigMaps could read it: put it into the Secret that operator.secretName or database.credentials names" $where $name) -}}
{{- end -}}
{{- if regexMatch `://[^/@]+:[^/@]+@` (toString $value) -}}
{{- fail (printf "%s: the value of %s has a password in it: put it into the Secret that operator.secretName names" $where $name) -}}
{{- end -}}
{{- if has $name $operator -}}
{{- fail (printf "%s: %s is set by the operator before it, and the first one counts: leave it out" $where $name) -}}
{{- end -}}
{{- with get $chart $name -}}
{{- fail (printf "%s: %s is set by this chart: use %s" $where $name .) -}}
{{- end -}}
{{- if and (regexMatch `^CLONE_` $name) (has $bare (list "SCOPE" "METHOD" "TARGET_TIME" "WALE_S3_PREFIX" "WALG_S3_PREFIX" "WAL_S3_BUCKET" "WAL_BUCKET_SCOPE_SUFFIX" "WAL_BUCKET_SCOPE_PREFIX")) -}}
{{- fail (printf "%s: %s comes a second time from spec.clone, and which of two counts is not defined: use database.clone" $where $name) -}}
{{- end -}}
{{- if regexMatch `^((CLONE|STANDBY)_)?(AWS|WALG?E?|WAL|S3|USE_WALG|BACKUP)_` $name -}}
{{- if not (or (has $name $known) (has $bare $known)) -}}
{{- fail (printf "%s: Spilo does not pass %s on to WAL-G, so it would have no effect: leave it out" $where $name) -}}
{{- end -}}
{{- end -}}
{{- range regexFindAll `\$\([^)]*\)` (toString $value) -1 -}}
{{- if not (has (. | trimPrefix "$(" | trimSuffix ")") $operator) -}}
{{- fail (printf "%s: %s in %s is not set before it in the pod and would stay as it stands: write what it should be" $where . $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* list WHERE SOURCE ROOT */ -}}
{{- define "zalando.checkSource" -}}
{{- $where := index . 0 -}}{{- $source := index . 1 -}}{{- $root := index . 2 -}}
{{- if not (include "zalando.cloneOn" $root) -}}
{{- fail (printf "%s asks for an archive, but enableClone is false: set operator.enableClone or database.backup.enableClone to true" $where) -}}
{{- end -}}
{{- if and $source.uid $source.prefix -}}
{{- fail (printf "%s has a uid and a prefix, two ways to one path: give the one that the source's backups have" $where) -}}
{{- end -}}
{{- if and $source.uid $root.Values.operator.s3PrefixTemplate -}}
{{- fail (printf "%s.uid has no effect where operator.s3PrefixTemplate makes the paths: leave it out" $where) -}}
{{- end -}}
{{- if not (or $source.uid $source.prefix $root.Values.operator.s3PrefixTemplate) -}}
{{- fail (printf "%s.uid is empty, so the archive of %s cannot be found and the operator would start an empty database: kubectl get postgresql %s -o jsonpath={.metadata.uid}, or the folder in the bucket if it is gone" $where $source.cluster $source.cluster) -}}
{{- end -}}
{{- with $source.prefix -}}
{{- if regexMatch `^s3://|^/|/$|//` . -}}
{{- fail (printf "%s.prefix %q must be a path in the bucket, without s3:// and empty parts" $where .) -}}
{{- end -}}
{{- end -}}
{{- if and $source.uid (not (regexMatch `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$` $source.uid)) -}}
{{- fail (printf "%s.uid %q is no uid: kubectl get postgresql %s -o jsonpath={.metadata.uid}" $where $source.uid $source.cluster) -}}
{{- end -}}
{{- if eq (include "zalando.ownPath" $root) (include "zalando.sourcePath" (dict "root" $root "source" $source)) -}}
{{- fail (printf "%s: the new database would write into the archive that it is made from: set database.backup.prefix to a path of its own" $where) -}}
{{- end -}}
{{- end -}}

{{- define "zalando.validate" -}}
{{- $v := .Values -}}
{{- $d := $v.database -}}
{{- if not (or $v.operator.create $d.create) -}}
{{- fail "operator.create and database.create are both false: there is nothing to make, set one to true" -}}
{{- end -}}
{{- if not (regexMatch `^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$` $v.store.bucket) -}}
{{- fail (printf "store.bucket %q is no name of a bucket: give it without s3:// and without a path" $v.store.bucket) -}}
{{- end -}}
{{- if and (eq $v.store.provider "r2") (not (regexMatch `^[0-9a-f]{32}$` $v.store.r2AccountId)) -}}
{{- fail (printf "store.r2AccountId %q must be the 32 hexadecimal digits of the account" $v.store.r2AccountId) -}}
{{- end -}}
{{- if and (eq $v.store.provider "custom") (not (regexMatch `^https?://[^/@\s]+/?$` $v.store.endpoint)) -}}
{{- fail (printf "store.endpoint %q must be http(s)://HOST[:PORT] without bucket, path or credentials; for AWS set store.provider=aws" $v.store.endpoint) -}}
{{- end -}}
{{- if and (ne $v.store.provider "r2") (not $v.store.region) -}}
{{- fail "store.region is empty, so Spilo would guess it from the name of the bucket: set it to the store's region" -}}
{{- end -}}
{{- if and $v.store.useSecret (not $v.operator.secretName) (not $d.credentials.secretName) -}}
{{- fail "operator.secretName is empty: name the Secret with the credentials, or set store.useSecret=false for the pod's identity" -}}
{{- end -}}
{{- include "zalando.checkSchedule" (list "operator.backupSchedule" $v.operator.backupSchedule) -}}
{{- with $v.operator.s3PrefixTemplate -}}
{{- include "zalando.checkPath" (list "operator.s3PrefixTemplate" . "$(POD_NAMESPACE)" "$(SCOPE)") -}}
{{- end -}}
{{- if ne $v.operator.enableBackup $v.operator.enableRestore -}}
{{- fail "operator.enableRestore must be what operator.enableBackup is: Spilo restores from where it archives to, and has no switch between them" -}}
{{- end -}}
{{- include "zalando.checkEnv" (list "operator.extraEnv" $v.operator.extraEnv) -}}
{{- if $d.create -}}
{{- include "zalando.checkEnv" (list "database.extraEnv" $d.extraEnv) -}}
{{- with $d.backup.schedule -}}
{{- include "zalando.checkSchedule" (list "database.backup.schedule" .) -}}
{{- end -}}
{{- with $d.backup.prefix -}}
{{- include "zalando.checkPath" (list "database.backup.prefix" . $.Release.Namespace (include "zalando.databaseName" $)) -}}
{{- end -}}
{{- if ne (include "zalando.backupOn" .) (include "zalando.switch" (list $d.backup.enableRestore $v.operator.enableRestore)) -}}
{{- fail "database.backup.enableRestore must be what enableBackup is: Spilo restores from where it archives to, and has no switch between them" -}}
{{- end -}}
{{- if and (not (include "zalando.backupOn" .)) (or $d.backup.prefix $d.backup.schedule $d.backup.retain) -}}
{{- fail "database.backup.enableBackup is false, but a prefix, schedule or number is set: a prefix alone would switch backups on again; leave them out" -}}
{{- end -}}
{{- if and (include "zalando.backupOn" .) (not $v.operator.enableBackup) (not $d.backup.prefix) (not $v.operator.s3PrefixTemplate) -}}
{{- fail "database.backup.enableBackup is true, but the operator's backups are off and there is no path: set database.backup.prefix" -}}
{{- end -}}
{{- if hasKey $d.parameters "archive_timeout" -}}
{{- fail "database.parameters.archive_timeout is set by this chart: use database.archiveTimeout" -}}
{{- end -}}
{{- range list "archive_mode" "archive_command" "restore_command" "recovery_target_time" -}}
{{- if hasKey $d.parameters . -}}
{{- fail (printf "database.parameters.%s belongs to Spilo, which would overwrite it: leave it out" .) -}}
{{- end -}}
{{- end -}}
{{- if not (regexMatch `^[1-9][0-9]*(s|min|h)?$` $d.archiveTimeout) -}}
{{- fail (printf "database.archiveTimeout %q must be a time above zero, for example 60s: without one an idle database loses what is not archived" $d.archiveTimeout) -}}
{{- end -}}
{{- if and $d.clone.cluster $d.standby.cluster -}}
{{- fail "database.clone and database.standby are both set: a database is made in one way, take one out" -}}
{{- end -}}
{{- if $d.clone.cluster -}}
{{- if eq $d.clone.method "archive" -}}
{{- if not $d.clone.timestamp -}}
{{- fail "database.clone.timestamp is empty, and without one the operator copies the running database instead of reading the archive: give the time to go to, or set database.clone.method=basebackup" -}}
{{- end -}}
{{- if hasSuffix "Z" (upper $d.clone.timestamp) -}}
{{- fail (printf "database.clone.timestamp %s: the operator refuses Z, write %s+00:00" $d.clone.timestamp ($d.clone.timestamp | trimSuffix "Z" | trimSuffix "z")) -}}
{{- end -}}
{{- if not (regexMatch `^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?[+-]([01]\d|2[0-3]):[0-5]\d$` $d.clone.timestamp) -}}
{{- fail (printf "database.clone.timestamp %q must be a date, a T, a time and an offset in figures, for example 2026-11-21T14:03:11+00:00" $d.clone.timestamp) -}}
{{- end -}}
{{- include "zalando.checkSource" (list "database.clone" $d.clone .) -}}
{{- else -}}
{{- if or $d.clone.timestamp $d.clone.uid $d.clone.prefix -}}
{{- fail "database.clone.method is basebackup, which copies the running database as it is: take out timestamp, uid and prefix" -}}
{{- end -}}
{{- if eq $d.clone.cluster (include "zalando.databaseName" .) -}}
{{- fail "database.clone.method basebackup needs a running source, which cannot have the name of the new database: use method archive" -}}
{{- end -}}
{{- if and $d.clone.namespace (ne $d.clone.namespace .Release.Namespace) -}}
{{- fail "database.clone.method basebackup works within one namespace: use method archive" -}}
{{- end -}}
{{- end -}}
{{- if and $d.clone.version (gt (int $d.clone.version) (int $d.version)) -}}
{{- fail (printf "database.clone.version %s is newer than database.version %s: a clone can go to a newer major version only" $d.clone.version $d.version) -}}
{{- end -}}
{{- else if or $d.clone.timestamp $d.clone.uid $d.clone.prefix -}}
{{- fail "database.clone.cluster is empty, so the rest of clone would have no effect and an empty database would start: name the source" -}}
{{- end -}}
{{- if $d.standby.cluster -}}
{{- include "zalando.checkSource" (list "database.standby" $d.standby .) -}}
{{- else if or $d.standby.uid $d.standby.prefix -}}
{{- fail "database.standby.cluster is empty, so the rest of standby would have no effect: name the source" -}}
{{- end -}}
{{- end -}}
{{- end -}}
