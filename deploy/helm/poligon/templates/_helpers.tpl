{{/*
Name of the release's objects and first part of every component's name. 40 characters and a component's 22 make a DNS label.
A release may be called "2nd.stand"; a Service may not: dots become dashes, and a leading digit gets the chart's name before it.
*/}}
{{- define "poligon.fullname" -}}
{{- $name := .Values.fullnameOverride -}}
{{- if not $name -}}
  {{- $release := .Release.Name | replace "." "-" -}}
  {{- $name = ternary $release (printf "%s-%s" .Chart.Name $release) (and (contains .Chart.Name $release) (regexMatch "^[a-z]" $release)) -}}
{{- end -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Name of one component's objects. Takes a list: root, component. */}}
{{- define "poligon.componentName" -}}
{{- printf "%s-%s" (include "poligon.fullname" (index . 0)) (index . 1) -}}
{{- end -}}

{{/* Labels that choose a component's pods; never change them in an upgrade. Takes a list: root, component. */}}
{{- define "poligon.selectorLabels" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Labels of every object. Takes root. */}}
{{- define "poligon.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimAll "._-" | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Chart.Name }}
{{- end -}}

{{/* Labels of the objects that all components share. Takes root. */}}
{{- define "poligon.releaseLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{ include "poligon.labels" . }}
{{- end -}}

{{/* Image reference; a digest wins over a tag. Takes root. */}}
{{- define "poligon.image" -}}
{{- $image := .Values.image -}}
{{- $name := ternary (printf "%s/%s" $image.registry $image.repository) $image.repository (ne $image.registry "") -}}
{{- if $image.digest -}}{{ $name }}@{{ $image.digest }}{{- else -}}{{ $name }}:{{ $image.tag | default .Chart.AppVersion }}{{- end -}}
{{- end -}}

{{- define "poligon.secretName" -}}
{{- .Values.tokens.existingSecret | default (printf "%s-tokens" (include "poligon.fullname" .)) -}}
{{- end -}}

{{- define "poligon.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "poligon.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{/* "true" when the component runs in this release. Takes a component's values. */}}
{{- define "poligon.runs" -}}
{{- if and .enabled (not .externalUrl) -}}true{{- end -}}
{{- end -}}

{{/* Address of a component as others reach it. Takes a list: root, component that asks, variable, component asked for. */}}
{{- define "poligon.address" -}}
{{- $root := index . 0 -}}
{{- $to := index . 3 -}}
{{- $target := get $root.Values.components $to | default dict -}}
{{- if $target.externalUrl -}}
  {{- trimSuffix "/" $target.externalUrl -}}
{{- else if eq (include "poligon.runs" $target) "true" -}}
  {{- printf "http://%s.%s.svc:%d" (include "poligon.componentName" (list $root $to)) $root.Release.Namespace (int $target.ports.http) -}}
{{- else -}}
  {{- fail (printf "components.%s.links.%s: %s is not deployed; enable it, give components.%s.externalUrl, or set components.%s.env.%s" (index . 1) (index . 2) $to $to (index . 1) (index . 2)) -}}
{{- end -}}
{{- end -}}

{{/* "true" when a component has more than one pod, or may have. Takes a component's values. */}}
{{- define "poligon.isReplicated" -}}
{{- if or (gt (int .replicas) 1) .autoscaling.enabled -}}true{{- end -}}
{{- end -}}

{{/* Address of a component's admin door within the cluster. Takes a list: root, component. */}}
{{- define "poligon.adminAddress" -}}
{{- $root := index . 0 -}}
{{- printf "http://%s.%s.svc:%d" (include "poligon.componentName" .) $root.Release.Namespace (int (get $root.Values.components (index . 1)).ports.admin) -}}
{{- end -}}

{{/* Refuses values that contradict each other; the schema cannot. Takes root. */}}
{{- define "poligon.check" -}}
{{- $root := . -}}
{{- if and .Values.postgresql.enabled (or .Values.database.url .Values.database.existingSecret) -}}
  {{- fail "database: postgresql.enabled makes one already; leave database.url and database.existingSecret empty" -}}
{{- end -}}
{{- if and .Values.kafka.enabled .Values.kafka.brokers -}}
  {{- fail "kafka: kafka.enabled makes a broker already; leave kafka.brokers empty" -}}
{{- end -}}
{{- range $key, $component := .Values.components -}}
{{- if and (eq (include "poligon.runs" $component) "true") (eq (include "poligon.isReplicated" $component) "true") -}}
  {{- if eq $component.state "memory" -}}
    {{- fail (printf "components.%s.replicas: it keeps its state in its own memory, so there can be one pod only" $key) -}}
  {{- end -}}
  {{- if ne (include "poligon.hasDatabase" $root) "true" -}}
    {{- fail (printf "components.%s.replicas: several pods need a database: postgresql.enabled, database.existingSecret or database.url" $key) -}}
  {{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
