{{- define "pgdump.name" -}}
{{- default .Chart.Name .Values.global.nameOverride | trunc 38 | trimSuffix "-" -}}
{{- end -}}

{{- /* Short enough for every suffix; a longer one ends in a hash instead of being cut, so that two never meet. */ -}}
{{- define "pgdump.fullname" -}}
{{- $name := .Values.global.fullnameOverride -}}
{{- if not $name -}}
{{- $base := default .Chart.Name .Values.global.nameOverride -}}
{{- $name = ternary .Release.Name (printf "%s-%s" .Release.Name $base) (contains $base .Release.Name) -}}
{{- end -}}
{{- if gt (len $name) 38 -}}
{{- $name = printf "%s-%s" ($name | trunc 31 | trimSuffix "-") (sha256sum $name | trunc 6) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "pgdump.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "pgdump.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "pgdump.selectorLabels" -}}
app.kubernetes.io/name: {{ include "pgdump.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "pgdump.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "pgdump.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.global.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* metadata.annotations of (list ROOT MORE), or nothing */ -}}
{{- define "pgdump.annotations" -}}
{{- with merge (dict) (index . 1 | default dict) (index . 0).Values.global.annotations -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* The first of a list that is set, as JSON: a new value, else its legacy name, else the default. */ -}}
{{- define "pgdump.pick" -}}
{{- $found := false -}}
{{- range . -}}
{{- if and (not $found) (not (kindIs "invalid" .)) -}}
{{- $found = true -}}
{{- toJson . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "pgdump.restoreObject" -}}
{{- .Values.restore.object | default .Values.restoreLegacy.object | default "" | trimSuffix "/" | trimSuffix "/manifest.json" -}}
{{- end -}}
{{- define "pgdump.restoreForce" -}}
{{- include "pgdump.pick" (list .Values.restore.force .Values.restoreLegacy.force false) -}}
{{- end -}}
{{- define "pgdump.backupEnabled" -}}
{{- include "pgdump.pick" (list .Values.controllers.cronjob.enabled .Values.backup.enabled true) -}}
{{- end -}}
{{- define "pgdump.schedule" -}}
{{- include "pgdump.pick" (list .Values.controllers.cronjob.schedule .Values.backup.schedule "45 9 * * *") -}}
{{- end -}}
{{- define "pgdump.retentionDays" -}}
{{- include "pgdump.pick" (list .Values.retention.days (.Values.backup.retentionDays | default nil) 30) -}}
{{- end -}}
{{- /* retentionDays 0 used to mean: keep everything */ -}}
{{- define "pgdump.retentionEnabled" -}}
{{- $legacy := ternary (ne (int .Values.backup.retentionDays) 0) nil (hasKey .Values.backup "retentionDays") -}}
{{- include "pgdump.pick" (list .Values.retention.enabled $legacy true) -}}
{{- end -}}
{{- define "pgdump.restoreEnabled" -}}
{{- $job := include "pgdump.pick" (list .Values.controllers.job.enabled .Values.restoreLegacy.enabled true) -}}
{{- if and (eq $job "true") .Values.restore.enabled (include "pgdump.restoreObject" .) -}}true{{- end -}}
{{- end -}}
{{- define "pgdump.resources" -}}
{{- $default := dict "requests" (dict "cpu" "100m" "memory" "256Mi") "limits" (dict "memory" "512Mi") -}}
{{- include "pgdump.pick" (append . $default) -}}
{{- end -}}

{{- /* No two releases share a folder; the database's own is below it. */ -}}
{{- define "pgdump.prefix" -}}
{{- list .Values.s3.prefix .Release.Namespace (include "pgdump.fullname" .) | compact | join "/" -}}
{{- end -}}

{{- define "pgdump.image" -}}
{{- printf "%s:%s%s" .Values.image.repository .Values.image.tag (ternary (printf "@%s" .Values.image.digest) "" (ne .Values.image.digest "")) -}}
{{- end -}}

{{- define "pgdump.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{- /* What all jobs are told. Secrets come by reference only. */ -}}
{{- define "pgdump.env" -}}
{{- $db := .Values.cnpg -}}
{{- $s3 := .Values.s3 -}}
- name: PGDUMP_WORK
  value: /work
- name: TMPDIR
  value: /work
- name: HOME
  value: /work
{{- if $db.serviceName }}
- name: PGHOST
  value: {{ $db.serviceName | quote }}
{{- else }}
{{ include "pgdump.secretEnv" (dict "name" "PGHOST" "secret" $db.secretName "key" $db.secretKeys.host) }}
{{- end }}
{{- if $db.port }}
- name: PGPORT
  value: {{ $db.port | quote }}
{{- else }}
{{ include "pgdump.secretEnv" (dict "name" "PGPORT" "secret" $db.secretName "key" $db.secretKeys.port) }}
{{- end }}
{{- if $db.database }}
- name: PGDATABASE
  value: {{ $db.database | quote }}
{{- else }}
{{ include "pgdump.secretEnv" (dict "name" "PGDATABASE" "secret" $db.secretName "key" $db.secretKeys.database) }}
{{- end }}
{{ include "pgdump.secretEnv" (dict "name" "PGUSER" "secret" $db.secretName "key" $db.secretKeys.username) }}
{{ include "pgdump.secretEnv" (dict "name" "PGPASSWORD" "secret" $db.secretName "key" $db.secretKeys.password) }}
- name: PGSSLMODE
  value: {{ $db.sslMode }}
{{- if $db.caSecretName }}
- name: PGSSLROOTCERT
  value: /etc/pgdump/database/{{ $db.caKey }}
{{- end }}
{{- range $name := list "bucket" "region" "endpoint" }}
{{- if get $s3 $name }}
- name: S3_{{ upper $name }}
  value: {{ get $s3 $name | quote }}
{{- else if $s3.useExistingSecret }}
{{ include "pgdump.secretEnv" (dict "name" (printf "S3_%s" (upper $name)) "secret" $s3.secretName "key" (get $s3.secretKeys $name) "optional" (ne $name "bucket")) }}
{{- end }}
{{- end }}
{{- if $s3.useExistingSecret }}
{{ include "pgdump.secretEnv" (dict "name" "S3_ACCESS_KEY_ID" "secret" $s3.secretName "key" $s3.secretKeys.accessKeyId) }}
{{ include "pgdump.secretEnv" (dict "name" "S3_SECRET_ACCESS_KEY" "secret" $s3.secretName "key" $s3.secretKeys.secretAccessKey) }}
{{- with $s3.secretKeys.sessionToken }}
{{ include "pgdump.secretEnv" (dict "name" "S3_SESSION_TOKEN" "secret" $s3.secretName "key" . "optional" true) }}
{{- end }}
{{- end }}
- name: S3_PREFIX
  value: {{ include "pgdump.prefix" . }}
- name: S3_CLIENT
  value: {{ $s3.client }}
- name: S3_FORCE_PATH_STYLE
  value: {{ $s3.forcePathStyle | quote }}
- name: S3_RETRIES
  value: {{ $s3.retries | quote }}
- name: S3_CHUNK_MIB
  value: {{ $s3.upload.chunkSizeMiB | quote }}
- name: S3_CONCURRENCY
  value: {{ $s3.upload.concurrency | quote }}
{{- with $s3.storageClass }}
- name: S3_STORAGE_CLASS
  value: {{ . | quote }}
{{- end }}
{{- with $s3.serverSideEncryption }}
- name: S3_SSE
  value: {{ . | quote }}
{{- end }}
{{- with $s3.kmsKeyId }}
- name: S3_SSE_KMS_KEY_ID
  value: {{ . | quote }}
{{- end }}
{{- if $s3.caSecretName }}
- name: S3_CA_FILE
  value: /etc/pgdump/store/{{ $s3.caKey }}
{{- end }}
- name: DUMP_COMPRESSION
  value: {{ .Values.dump.compression | quote }}
- name: DUMP_VERIFY
  value: {{ .Values.dump.verify }}
- name: DUMP_ROW_COUNTS
  value: {{ .Values.dump.rowCounts | quote }}
- name: DUMP_GLOBALS
  value: {{ .Values.dump.globals.enabled | quote }}
- name: DUMP_GLOBALS_PASSWORDS
  value: {{ .Values.dump.globals.passwords | quote }}
{{- with .Values.dump.excludeTables }}
- name: DUMP_EXCLUDE_TABLES
  value: {{ join "\n" . | quote }}
{{- end }}
{{- with .Values.dump.excludeTableData }}
- name: DUMP_EXCLUDE_TABLE_DATA
  value: {{ join "\n" . | quote }}
{{- end }}
{{- with .Values.dump.extraArgs }}
- name: DUMP_EXTRA_ARGS
  value: {{ join "\n" . | quote }}
{{- end }}
{{- end -}}

{{- /* What every pod is: dict root, script, env (more of it, as YAML), resources (JSON). The restricted Pod Security Standard, and no token. */ -}}
{{- define "pgdump.podSpec" -}}
{{- $root := .root -}}
serviceAccountName: {{ include "pgdump.serviceAccountName" $root }}
automountServiceAccountToken: {{ $root.Values.rbac.automountServiceAccountToken }}
enableServiceLinks: false
restartPolicy: Never
{{- with $root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- with $root.Values.securityContext.runAsUser }}
  runAsUser: {{ . | int64 }}
  {{- end }}
  {{- with $root.Values.securityContext.runAsGroup }}
  runAsGroup: {{ . | int64 }}
  fsGroup: {{ . | int64 }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
containers:
  - name: {{ .script }}
    image: {{ include "pgdump.image" $root }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    command: [sh, /scripts/{{ .script }}.sh]
    workingDir: /work
    env:
      {{- include "pgdump.env" $root | nindent 6 }}
      {{- with .env }}
      {{- . | nindent 6 }}
      {{- end }}
    resources: {{ .resources }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      privileged: false
      capabilities:
        drop: [ALL]
    # the last line of the log says what went wrong and what to do
    terminationMessagePolicy: FallbackToLogsOnError
    volumeMounts:
      - name: work
        mountPath: /work
      - name: scripts
        mountPath: /scripts
        readOnly: true
      {{- if $root.Values.cnpg.caSecretName }}
      - name: database-ca
        mountPath: /etc/pgdump/database
        readOnly: true
      {{- end }}
      {{- if $root.Values.s3.caSecretName }}
      - name: store-ca
        mountPath: /etc/pgdump/store
        readOnly: true
      {{- end }}
volumes:
  - name: work
    emptyDir:
      sizeLimit: {{ $root.Values.pod.workSizeLimit }}
  - name: scripts
    configMap:
      name: {{ include "pgdump.fullname" $root }}-scripts
  {{- with $root.Values.cnpg.caSecretName }}
  - name: database-ca
    secret:
      secretName: {{ . }}
      items:
        - key: {{ $root.Values.cnpg.caKey }}
          path: {{ $root.Values.cnpg.caKey }}
  {{- end }}
  {{- with $root.Values.s3.caSecretName }}
  - name: store-ca
    secret:
      secretName: {{ . }}
      items:
        - key: {{ $root.Values.s3.caKey }}
          path: {{ $root.Values.s3.caKey }}
  {{- end }}
{{- with $root.Values.pod.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.pod.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.pod.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- /* No chart version among the labels of a pod: a restore Job must not change when only the chart does. */ -}}
{{- define "pgdump.podMetadata" -}}
labels:
  {{- include "pgdump.selectorLabels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with merge (dict) .root.Values.pod.labels .root.Values.global.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) .root.Values.pod.annotations .root.Values.global.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* 64 and 75 are what the scripts answer when another try cannot help. */ -}}
{{- define "pgdump.podFailurePolicy" -}}
podFailurePolicy:
  rules:
    - action: FailJob
      onExitCodes:
        containerName: {{ . }}
        operator: In
        values: [64, 75]
    # a drained node is no failure of the job
    - action: Ignore
      onPodConditions:
        - type: DisruptionTarget
{{- end -}}
