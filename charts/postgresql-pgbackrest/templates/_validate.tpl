{{/* What a schema cannot say, or cannot say in a sentence. Each message names the value and the remedy. */}}
{{- define "pgr.validate" -}}
{{- $m := list -}}
{{- $own := include "pgr.repositories" . | fromJson -}}
{{- $source := include "pgr.sourceRepositories" . | fromJson -}}

{{- if hasKey .Values.postgresql "password" -}}
{{- $m = append $m "postgresql.password: passwords are not taken from values. Put them in a Secret and name it in postgresql.existingSecret, or leave both out and one is made in the cluster" -}}
{{- end -}}
{{- if hasKey .Values.pgbackrest "s3" -}}
{{- $m = append $m "pgbackrest.s3: repositories are pgbackrest.repositories.repo1 to repo4 now, with credentials from an existing Secret (README, Coming from the older chart)" -}}
{{- end -}}
{{- if hasKey .Values "backup" -}}
{{- $m = append $m "backup: dumps by pg_dumpall are dumpall now, schedules of pgBackRest are pgbackrest.backup (README, Coming from the older chart)" -}}
{{- end -}}

{{- if and (not .Values.image.digest) (has (toString .Values.image.tag) (list "" "latest" "stable" "main")) -}}
{{- $m = append $m "image.tag: name an exact version; a restart must not change PostgreSQL" -}}
{{- end -}}
{{- range $key, $_ := .Values.postgresql.parameters -}}
{{- if or (hasPrefix "recovery_" $key) (has $key (splitList " " "archive_command archive_mode archive_library archive_cleanup_command restore_command data_directory config_file hba_file ident_file external_pid_file unix_socket_directories port logging_collector")) -}}
{{- $m = append $m (printf "postgresql.parameters.%s: belongs to the chart; archiving is pgbackrest, recovery is recovery" $key) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.postgresql.database (not .Values.postgresql.username) -}}
{{- $m = append $m "postgresql.username: the database postgresql.database needs an owner" -}}
{{- end -}}
{{- if eq .Values.postgresql.username "postgres" -}}
{{- $m = append $m "postgresql.username: postgres is the superuser and always there; name a role for the application, or leave database and username empty" -}}
{{- end -}}

{{- with .Values.pgbackrest -}}
{{- if and .enabled (not .repositories) -}}
{{- $m = append $m "pgbackrest.repositories: pgbackrest.enabled needs a repository, repo1" -}}
{{- end -}}
{{- if and .enabled .repositories (not .repositories.repo1) -}}
{{- $m = append $m "pgbackrest.repositories: the first repository is repo1" -}}
{{- end -}}
{{- $level := toString .compression.level -}}
{{- if ne $level "" -}}
{{- $ranges := dict "gz" (list -1 9) "bz2" (list 1 9) "lz4" (list -5 12) "zst" (list -7 22) -}}
{{- if eq .compression.type "none" -}}
{{- $m = append $m "pgbackrest.compression.level: there is no level without compression; leave it empty" -}}
{{- else -}}
{{- $range := get $ranges .compression.type -}}
{{- if or (lt (int $level) (first $range)) (gt (int $level) (last $range)) -}}
{{- $m = append $m (printf "pgbackrest.compression.level: %s is not a level of %s, which has %d to %d" $level .compression.type (first $range) (last $range)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $schedules := compact (list .backup.fullSchedule .backup.differentialSchedule .backup.incrementalSchedule) -}}
{{- if ne (len $schedules) (len (uniq $schedules)) -}}
{{- $m = append $m "pgbackrest.backup: two schedules are the same; the second backup would only wait for the first. Move one" -}}
{{- end -}}
{{- if and .enabled (not .backup.fullSchedule) -}}
{{- $m = append $m "pgbackrest.backup.fullSchedule: without full backups nothing ever expires and restores grow slow; give it a schedule" -}}
{{- end -}}
{{- range $key, $_ := .config -}}
{{- if regexMatch "(s3-key|key-secret|s3-token|cipher-pass|sas|sftp-.*passphrase)" $key -}}
{{- $m = append $m (printf "pgbackrest.config.%s: credentials are taken from Secrets only" $key) -}}
{{- else if eq $key "archive-push-queue-max" -}}
{{- $m = append $m "pgbackrest.config.archive-push-queue-max: beyond it pgBackRest throws WAL away and says it is archived; a larger volume is the remedy" -}}
{{- else if regexMatch "^(pg[0-9]*-|tls-server-|lock-path|spool-path|repo[0-9]-(path|type)|stanza)" $key -}}
{{- $m = append $m (printf "pgbackrest.config.%s: belongs to the chart" $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- $seen := dict -}}
{{- range $where, $repositories := dict "pgbackrest.repositories" $own "recovery.source.repositories" $source -}}
{{- range $name, $r := $repositories -}}
{{- $at := printf "%s.%s" $where $name -}}
{{- if or (not (hasPrefix "/" $r.path)) (eq $r.path "/") -}}
{{- $m = append $m (printf "%s.path: begins with / and is not / alone, so that the bucket has room for others" $at) -}}
{{- end -}}
{{- if eq $r.type "s3" -}}
{{- if not $r.s3.bucket -}}{{- $m = append $m (printf "%s.s3.bucket: name the bucket" $at) -}}{{- end -}}
{{- if not $r.s3.endpoint -}}{{- $m = append $m (printf "%s.s3.endpoint: name the host of the store" $at) -}}{{- end -}}
{{- if $r.s3.endpointPath -}}{{- $m = append $m (printf "%s.s3.endpoint: a host with or without a port, without a path; the bucket has its own value" $at) -}}{{- end -}}
{{- if and (eq $r.s3.keyType "shared") (not $r.s3.existingSecret) -}}
{{- $m = append $m (printf "%s.s3.existingSecret: name the Secret with the keys, or take another s3.keyType" $at) -}}
{{- end -}}
{{- if and $r.s3.ca (not (or $r.s3.ca.secretName $r.s3.ca.configMapName)) -}}
{{- $m = append $m (printf "%s.s3.ca: name a Secret (secretName) or a ConfigMap (configMapName)" $at) -}}
{{- end -}}
{{- else if not $r.posix.existingClaim -}}
{{- $m = append $m (printf "%s.posix.existingClaim: name a claim that the database and the backup jobs can mount together" $at) -}}
{{- end -}}
{{- if and $r.cipher (not (and $r.cipher.existingSecret $r.cipher.key)) -}}
{{- $m = append $m (printf "%s.cipher: name the Secret (existingSecret) and the key with the passphrase" $at) -}}
{{- end -}}
{{- if hasKey $seen $r.identity -}}
{{- $m = append $m (printf "%s: is the same place as %s; give each its own path" $at (get $seen $r.identity)) -}}
{{- end -}}
{{- $_ := set $seen $r.identity $at -}}
{{- end -}}
{{- end -}}

{{- with .Values.recovery -}}
{{- if .enabled -}}
{{- if and (not $.Values.pgbackrest.enabled) (not .source) -}}
{{- $m = append $m "recovery.enabled: there is nothing to recover from; enable pgbackrest, or name recovery.source" -}}
{{- end -}}
{{- if and .source (not .source.repositories) -}}
{{- $m = append $m "recovery.source.repositories: name the repository to read, repo1" -}}
{{- end -}}
{{- $target := toString .target -}}
{{- if has .type (list "time" "lsn" "xid" "name") -}}
{{- if not $target -}}
{{- $m = append $m (printf "recovery.target: type %s needs a target" .type) -}}
{{- else if and (eq .type "time") (not (regexMatch "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?[+-][0-9]{2}(:?[0-9]{2})?$" $target)) -}}
{{- $m = append $m (printf "recovery.target: %s is not a time like 2026-11-21 14:30:00+00 with its zone (not Z), in quotes; without a zone the server's would be taken" $target) -}}
{{- else if and (eq .type "lsn") (not (regexMatch "^[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}$" $target)) -}}
{{- $m = append $m (printf "recovery.target: %s is not an LSN like 0/3000148" $target) -}}
{{- else if and (eq .type "xid") (not (regexMatch "^[0-9]+$" $target)) -}}
{{- $m = append $m (printf "recovery.target: %s is not a transaction id, which is digits only; in quotes" $target) -}}
{{- end -}}
{{- else if $target -}}
{{- $m = append $m (printf "recovery.target: type %s has no target; set recovery.type, or leave the target empty" .type) -}}
{{- end -}}
{{- if and .exclusive (not (has .type (list "time" "lsn" "xid"))) -}}
{{- $m = append $m "recovery.exclusive: only time, lsn and xid can be excluded" -}}
{{- end -}}
{{- if and (eq .targetAction "pause") (eq .type "latest") -}}
{{- $m = append $m "recovery.targetAction: latest has no target to pause at; take another type, or promote" -}}
{{- end -}}
{{- if not (regexMatch "^([0-9]+|current|latest|)$" (toString .timeline)) -}}
{{- $m = append $m "recovery.timeline: a number, current or latest" -}}
{{- end -}}
{{- if not (regexMatch "^([0-9]{8}-[0-9]{6}F(_[0-9]{8}-[0-9]{6}[DI])?|)$" .set) -}}
{{- $m = append $m "recovery.set: a label as pgbackrest info shows it, like 20261121-020000F" -}}
{{- end -}}
{{- end -}}
{{- if and .inPlace (not .enabled) -}}
{{- $m = append $m "recovery.inPlace: set recovery.enabled too, or neither" -}}
{{- end -}}
{{- end -}}

{{- if .Values.dumpall.enabled -}}
{{- $s3 := include "pgr.dumpS3" . | fromJson -}}
{{- range $key := list "bucket" "endpoint" "existingSecret" -}}
{{- if not (get $s3 $key) -}}{{- $m = append $m (printf "dumpall.s3.%s: say where dumps go, or enable pgbackrest with an S3 repo1" $key) -}}{{- end -}}
{{- end -}}
{{- if has .Values.dumpall.schedule (list .Values.pgbackrest.backup.fullSchedule .Values.pgbackrest.backup.incrementalSchedule) -}}
{{- $m = append $m "dumpall.schedule: is the one of a backup; the second would only wait for the first. Move one" -}}
{{- end -}}
{{- end -}}

{{- if $m -}}
{{- fail (printf "\n\nThese values make no sense:\n- %s\n" (join "\n- " $m)) -}}
{{- end -}}
{{- end }}
