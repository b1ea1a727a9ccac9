{{/* "true" when the state of the components lives in PostgreSQL. Takes root. */}}
{{- define "poligon.hasDatabase" -}}
{{- if or .Values.postgresql.enabled .Values.database.url .Values.database.existingSecret -}}true{{- end -}}
{{- end -}}

{{/* "true" when replicas tell each other of changes. Takes root. */}}
{{- define "poligon.hasKafka" -}}
{{- if or .Values.kafka.enabled .Values.kafka.brokers -}}true{{- end -}}
{{- end -}}

{{- define "poligon.databaseSecretName" -}}
{{- .Values.database.existingSecret | default (printf "%s-database" (include "poligon.fullname" .)) -}}
{{- end -}}

{{/* Entry of env that comes from a Secret. Takes a list: variable, Secret, key. */}}
{{- define "poligon.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef: { name: {{ index . 1 }}, key: {{ index . 2 }} }
{{- end -}}

{{/* Where the state is kept, as entries of env. Takes root. */}}
{{- define "poligon.databaseEnv" -}}
{{- if .Values.postgresql.enabled }}
{{ include "poligon.secretVariable" (list "POSTGRES_PASSWORD" (include "poligon.secretName" .) "postgres-password") }}
- name: DATABASE_URL
  value: {{ printf "postgresql://poligon:$(POSTGRES_PASSWORD)@%s-postgresql.%s.svc:5432/poligon" (include "poligon.fullname" .) .Release.Namespace }}
{{- else if eq (include "poligon.hasDatabase" .) "true" }}
{{ include "poligon.secretVariable" (list "DATABASE_URL" (include "poligon.databaseSecretName" .) .Values.database.secretKey) }}
{{- end }}
{{- end -}}

{{- define "poligon.kafkaBrokers" -}}
{{- ternary (printf "%s-kafka.%s.svc:9092" (include "poligon.fullname" .) .Release.Namespace) .Values.kafka.brokers .Values.kafka.enabled -}}
{{- end -}}

{{- define "poligon.topicPrefix" -}}
{{- .Values.kafka.topicPrefix | default (printf "%s.%s" .Release.Namespace (include "poligon.fullname" .)) -}}
{{- end -}}

{{/* Where changes are told, as entries of env. Takes root. */}}
{{- define "poligon.kafkaEnv" -}}
{{- if eq (include "poligon.hasKafka" .) "true" }}
- name: KAFKA_BROKERS
  value: {{ include "poligon.kafkaBrokers" . | quote }}
- name: KAFKA_TOPIC_PREFIX
  value: {{ include "poligon.topicPrefix" . | quote }}
{{- if .Values.kafka.ssl }}
- name: KAFKA_SSL
  value: "true"
{{- end }}
{{- if .Values.kafka.existingSecret }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .Values.kafka.saslMechanism }}
{{ include "poligon.secretVariable" (list "KAFKA_USERNAME" .Values.kafka.existingSecret "username") }}
{{ include "poligon.secretVariable" (list "KAFKA_PASSWORD" .Values.kafka.existingSecret "password") }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Plain variables of a component as a YAML map. The doors come last: the Service and the probes depend on them.
Takes a list: root, component.
*/}}
{{- define "poligon.variables" -}}
{{- $root := index . 0 -}}
{{- $key := index . 1 -}}
{{- $component := get $root.Values.components $key -}}
{{- $variables := dict "SEED" $root.Values.seed "LOG_LEVEL" $root.Values.logLevel -}}
{{- if $root.Values.otel.endpoint -}}
  {{- $_ := set $variables "OTEL_EXPORTER_OTLP_ENDPOINT" $root.Values.otel.endpoint -}}
{{- end -}}
{{- if eq (include "poligon.hasDatabase" $root) "true" -}}
  {{- $_ := set $variables "DATABASE_POOL_SIZE" (printf "%d" (int $root.Values.database.poolSize)) -}}
{{- end -}}
{{- if $root.Values.postgresql.enabled -}}
  {{- /* The chart's own server comes up beside the components: there is no moment for a Job before them. */ -}}
  {{- $_ := set $variables "DB_MIGRATE_AT_START" "true" -}}
{{- end -}}
{{- range $variable, $link := $component.links -}}
  {{- if not (hasKey ($component.env | default dict) $variable) -}}
    {{- $address := include "poligon.address" (list $root $key $variable $link.component) -}}
    {{- $_ := set $variables $variable (printf "%s%s" $address ($link.path | default "")) -}}
  {{- end -}}
{{- end -}}
{{- /* Routers go on sending for a moment after a pod was told to stop. */ -}}
{{- $_ := set $variables (printf "%s_DRAIN_LINGER_MS" $component.envPrefix) "5000" -}}
{{- range $variable, $value := $component.env -}}
  {{- /* Helm reads 1000000 as a float and would print 1e+06. */ -}}
  {{- $_ := set $variables $variable (ternary ($value | toJson) (toString $value) (kindIs "float64" $value)) -}}
{{- end -}}
{{- $_ := set $variables (printf "%s_HOST" $component.envPrefix) "0.0.0.0" -}}
{{- $_ := set $variables (printf "%s_ADMIN_HOST" $component.envPrefix) "0.0.0.0" -}}
{{- range $port, $number := $component.ports -}}
  {{- $middle := ternary "" (printf "_%s" ($port | upper | replace "-" "_")) (eq $port "http") -}}
  {{- $_ := set $variables (printf "%s%s_PORT" $component.envPrefix $middle) (printf "%d" (int $number)) -}}
{{- end -}}
{{- toYaml $variables -}}
{{- end -}}

{{/* The whole env of a component. Takes a list: root, component. */}}
{{- define "poligon.env" -}}
{{- $root := index . 0 -}}
{{- $component := get $root.Values.components (index . 1) -}}
{{- $variables := include "poligon.variables" . | fromYaml -}}
{{ include "poligon.secretVariable" (list "ADMIN_TOKEN" (include "poligon.secretName" $root) "admin-token") }}
{{- include "poligon.databaseEnv" $root }}
{{- include "poligon.kafkaEnv" $root }}
{{- range $variable, $secretKey := $component.secretEnv }}
{{- if not (hasKey $variables $variable) }}
{{ include "poligon.secretVariable" (list $variable (include "poligon.secretName" $root) $secretKey) }}
{{- end }}
{{- end }}
{{- range $variable, $value := $variables }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}
