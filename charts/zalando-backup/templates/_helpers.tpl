{{- define "zalando.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- define "zalando.configMapName" -}}
{{- default (printf "%s-pod-environment" (include "zalando.fullname" .)) .Values.operator.configMapName -}}
{{- end -}}
{{- define "zalando.databaseName" -}}
{{- default (include "zalando.fullname" .) .Values.database.name -}}
{{- end -}}

{{- define "zalando.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "zalando.endpoint" -}}
{{- if eq .Values.store.provider "r2" -}}
https://{{ .Values.store.r2AccountId }}.r2.cloudflarestorage.com
{{- else if eq .Values.store.provider "custom" -}}
{{- .Values.store.endpoint | trimSuffix "/" -}}
{{- end -}}
{{- end -}}
{{- define "zalando.region" -}}
{{- ternary "auto" .Values.store.region (eq .Values.store.provider "r2") -}}
{{- end -}}

{{- /* A switch of this database, or else the operator's: list DATABASE-VALUE OPERATOR-VALUE; "true" or "" */ -}}
{{- define "zalando.switch" -}}
{{- if ternary (index . 1) (index . 0) (kindIs "invalid" (index . 0)) -}}true{{- end -}}
{{- end -}}
{{- define "zalando.backupOn" -}}
{{- include "zalando.switch" (list .Values.database.backup.enableBackup .Values.operator.enableBackup) -}}
{{- end -}}
{{- define "zalando.cloneOn" -}}
{{- include "zalando.switch" (list .Values.database.backup.enableClone .Values.operator.enableClone) -}}
{{- end -}}
{{- define "zalando.caFile" -}}
{{- ternary (printf "/etc/s3-ca/%s" .Values.database.caKey) .Values.store.caFile (ne .Values.database.caSecretName "") -}}
{{- end -}}

{{- /* How a store is reached, as a map: dict root prefix. The same names with CLONE_ or STANDBY_ say how an archive is read. */ -}}
{{- define "zalando.storeEnv" -}}
{{- $endpoint := include "zalando.endpoint" .root -}}
{{- with $endpoint }}
{{ $.prefix }}AWS_ENDPOINT: {{ . | quote }}
{{- if not $.root.Values.store.pathStyle }}
{{ $.prefix }}WALE_S3_ENDPOINT: {{ . | replace "://" "+virtualhost://" | quote }}
{{- end }}
{{- end }}
{{ .prefix }}AWS_REGION: {{ include "zalando.region" .root | quote }}
{{- with .caFile }}
{{ $.prefix }}WALG_S3_CA_CERT_FILE: {{ . | quote }}
{{- end }}
{{- end -}}

{{- /* Path of another database's archive, as a literal: whatever is in the pod's environment means that pod, not the source. dict root source */ -}}
{{- define "zalando.sourcePath" -}}
{{- $v := .root.Values -}}
{{- $bucket := default $v.store.bucket .source.bucket -}}
{{- $version := default $v.database.version .source.version -}}
{{- $path := default $v.operator.s3PrefixTemplate .source.prefix -}}
{{- if .source.uid -}}
s3://{{ $bucket }}/spilo/{{ .source.cluster }}/{{ .source.uid }}/wal/{{ $version }}
{{- else -}}
s3://{{ $bucket }}/{{ $path | replace "$(SCOPE)" .source.cluster | replace "$(POD_NAMESPACE)" (default .root.Release.Namespace .source.namespace) | replace "$(PGVERSION)" $version }}
{{- end -}}
{{- end -}}
{{- /* This database's own path, as it will be in the pod; nothing where the operator chooses it. */ -}}
{{- define "zalando.ownPath" -}}
{{- $path := default .Values.operator.s3PrefixTemplate .Values.database.backup.prefix -}}
{{- if and $path (include "zalando.backupOn" .) -}}
s3://{{ .Values.store.bucket }}/{{ $path | replace "$(SCOPE)" (include "zalando.databaseName" .) | replace "$(POD_NAMESPACE)" .Release.Namespace | replace "$(PGVERSION)" .Values.database.version }}
{{- end -}}
{{- end -}}

{{- define "zalando.secretKey" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}
