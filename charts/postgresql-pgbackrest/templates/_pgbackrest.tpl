{{/* The repositories of (dict "root" $ "repositories" map "base" path), complete: defaults filled in, paths made. As JSON. */}}
{{- define "pgr.complete" -}}
{{- $root := .root -}}
{{- $base := .base -}}
{{- $all := dict -}}
{{- range $name, $given := .repositories -}}
{{- $repo := mergeOverwrite (deepCopy $root.Values.pgbackrest.repositoryDefaults) (deepCopy $given) -}}
{{- if not $repo.path -}}{{- $_ := set $repo "path" (printf "/%s/%s" $root.Release.Namespace (include "pgr.fullname" $root)) -}}{{- end -}}
{{- $_ := set $repo "number" (trimPrefix "repo" $name) -}}
{{- $_ := set $repo "mount" (printf "%s/%s" $base $name) -}}
{{- $url := urlParse (ternary $repo.s3.endpoint (printf "https://%s" $repo.s3.endpoint) (contains "://" (toString $repo.s3.endpoint))) -}}
{{- $hostPort := splitList ":" $url.host -}}
{{- $_ := set $repo.s3 "scheme" $url.scheme -}}
{{- $_ := set $repo.s3 "host" (first $hostPort) -}}
{{- $_ := set $repo.s3 "port" (ternary (last $hostPort) "" (gt (len $hostPort) 1)) -}}
{{- $_ := set $repo.s3 "endpointPath" (trimSuffix "/" $url.path) -}}
{{- if eq $repo.type "s3" -}}
{{- $_ := set $repo "identity" (printf "s3 %s %s %s" $url.host $repo.s3.bucket $repo.path) -}}
{{- else -}}
{{- $_ := set $repo "identity" (printf "posix %s %s" $repo.posix.existingClaim $repo.path) -}}
{{- end -}}
{{- $_ := set $all $name $repo -}}
{{- end -}}
{{- toJson $all -}}
{{- end }}

{{- define "pgr.repositories" -}}
{{- if .Values.pgbackrest.enabled -}}
{{- include "pgr.complete" (dict "root" . "repositories" .Values.pgbackrest.repositories "base" "/repository") -}}
{{- else -}}
{}
{{- end -}}
{{- end }}
{{- define "pgr.sourceRepositories" -}}
{{- if and .Values.recovery.enabled .Values.recovery.source -}}
{{- include "pgr.complete" (dict "root" . "repositories" (default dict .Values.recovery.source.repositories) "base" "/source") -}}
{{- else -}}
{}
{{- end -}}
{{- end }}

{{/* "1 2" */}}
{{- define "pgr.repositoryNumbers" -}}
{{- $numbers := list -}}
{{- range include "pgr.repositories" . | fromJson -}}{{- $numbers = append $numbers .number -}}{{- end -}}
{{- join " " ($numbers | sortAlpha) -}}
{{- end }}
{{- define "pgr.repositoryId" -}}
{{- $where := list .Values.pgbackrest.stanza -}}
{{- range include "pgr.repositories" . | fromJson -}}{{- $where = append $where .identity -}}{{- end -}}
{{- join "\n" $where | sha256sum | trunc 10 -}}
{{- end }}

{{/* A recovery is what it reads and where it stops. Names of Secrets, what follows it and what permits it do not make another one. */}}
{{- define "pgr.recoveryId" -}}
{{- with .Values.recovery -}}
{{- if .enabled -}}
{{- $words := list .type .target (toString .exclusive) (toString .timeline) .set (toString .nonce) -}}
{{- if .source -}}
{{- $words = append $words (default "main" .source.stanza) -}}
{{- range include "pgr.sourceRepositories" $ | fromJson -}}{{- $words = append $words .identity -}}{{- end -}}
{{- end -}}
{{- join "\n" $words | sha256sum | trunc 10 -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "pgr.repositoryLines" -}}
{{- range . }}
{{- $r := printf "repo%s" .number }}
{{ $r }}-type={{ .type }}
{{- if eq .type "s3" }}
{{ $r }}-path={{ .path }}
{{ $r }}-s3-bucket={{ .s3.bucket }}
{{ $r }}-s3-endpoint={{ if eq .s3.scheme "http" }}http://{{ end }}{{ .s3.host }}
{{- if .s3.port }}
{{ $r }}-storage-port={{ .s3.port }}
{{- end }}
{{ $r }}-s3-region={{ .s3.region }}
{{ $r }}-s3-uri-style={{ .s3.uriStyle }}
{{ $r }}-s3-key-type={{ .s3.keyType }}
{{- if .s3.ca }}
{{ $r }}-storage-ca-file={{ .mount }}-ca/ca.crt
{{- end }}
{{- if not .s3.verifyTls }}
{{ $r }}-storage-verify-tls=n
{{- end }}
{{- else }}
{{ $r }}-path={{ .mount }}{{ .path }}
{{- end }}
{{- if .cipher }}
{{ $r }}-cipher-type={{ .cipher.type }}
{{- end }}
{{ $r }}-retention-full-type={{ .retention.fullType }}
{{ $r }}-retention-full={{ .retention.full }}
{{- if .retention.diff }}
{{ $r }}-retention-diff={{ .retention.diff }}
{{- end }}
{{ $r }}-bundle={{ ternary "y" "n" .bundle }}
{{- if .block }}
{{ $r }}-block=y
{{- end }}
{{- end }}
{{- end }}

{{/* The global part that the database's pod and the backup jobs share. */}}
{{- define "pgr.globalLines" -}}
{{- with .Values.pgbackrest -}}
log-level-console=info
log-level-stderr=off
log-level-file=off
process-max={{ .processMax }}
compress-type={{ .compression.type }}
{{- if ne (toString .compression.level) "" }}
compress-level={{ .compression.level }}
{{- end }}
archive-timeout={{ .archive.timeout }}
start-fast={{ ternary "y" "n" .startFast }}
{{- range $key, $value := .config }}
{{ $key }}={{ $value }}
{{- end }}
{{- end }}
{{- end }}

{{/* Credentials of (dict "repositories" map "prefix" "PGBACKREST"), as environment */}}
{{- define "pgr.credentials" -}}
{{- $prefix := .prefix -}}
{{- range .repositories }}
{{- $r := printf "%s_REPO%s" $prefix .number }}
{{- if and (eq .type "s3") (eq .s3.keyType "shared") }}
- name: {{ $r }}_S3_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .s3.existingSecret }}
      key: {{ .s3.secretKeys.accessKeyId }}
- name: {{ $r }}_S3_KEY_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .s3.existingSecret }}
      key: {{ .s3.secretKeys.secretAccessKey }}
{{- end }}
{{- if .cipher }}
- name: {{ $r }}_CIPHER_PASS
  valueFrom:
    secretKeyRef:
      name: {{ .cipher.existingSecret }}
      key: {{ .cipher.key }}
{{- end }}
{{- end }}
{{- end }}

{{/* Certificate authorities and claims of (dict "repositories" map "prefix" "repository") */}}
{{- define "pgr.caSource" -}}
{{- if .secretName }}
secret:
  secretName: {{ .secretName }}
  defaultMode: 0440
{{- else }}
configMap:
  name: {{ .configMapName }}
{{- end }}
  items:
    - key: {{ default "ca.crt" .key }}
      path: ca.crt
{{- end }}
{{- define "pgr.repositoryVolumes" -}}
{{- $prefix := .prefix -}}
{{- range .repositories }}
{{- if and (eq .type "s3") .s3.ca }}
- name: {{ $prefix }}-ca-{{ .number }}
  {{- include "pgr.caSource" .s3.ca | trim | nindent 2 }}
{{- end }}
{{- if eq .type "posix" }}
- name: {{ $prefix }}-{{ .number }}
  persistentVolumeClaim:
    claimName: {{ .posix.existingClaim }}
{{- end }}
{{- end }}
{{- end }}
{{- define "pgr.repositoryMounts" -}}
{{- $prefix := .prefix -}}
{{- range .repositories }}
{{- if and (eq .type "s3") .s3.ca }}
- name: {{ $prefix }}-ca-{{ .number }}
  mountPath: {{ .mount }}-ca
  readOnly: true
{{- end }}
{{- if eq .type "posix" }}
- name: {{ $prefix }}-{{ .number }}
  mountPath: {{ .mount }}
  {{- if eq $prefix "source" }}
  readOnly: true
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "pgr.env" -}}
- name: STANZA
  value: {{ .Values.pgbackrest.stanza }}
- name: INSTANCE
  value: {{ .Release.Namespace }}/{{ include "pgr.fullname" . }}
- name: REPOSITORIES
  value: {{ include "pgr.repositoryNumbers" . | quote }}
- name: REPOSITORY_ID
  value: {{ include "pgr.repositoryId" . | quote }}
{{- with include "pgr.recoveryId" . }}
- name: RECOVERY_ID
  value: {{ . | quote }}
- name: RECOVERY_ACTION
  value: {{ $.Values.recovery.targetAction }}
{{- end }}
{{- include "pgr.credentials" (dict "repositories" (include "pgr.repositories" . | fromJson) "prefix" "PGBACKREST") }}
{{- end }}

{{- define "pgr.sourceEnv" -}}
{{- with include "pgr.sourceRepositories" . | fromJson }}
- name: SOURCE_CONFIG
  value: /etc/pgbackrest/source.conf
- name: SOURCE_STANZA
  value: {{ default "main" $.Values.recovery.source.stanza }}
{{- include "pgr.credentials" (dict "repositories" . "prefix" "SOURCE") }}
{{- end }}
{{- end }}
