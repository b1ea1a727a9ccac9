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
{{- range $variable, $link := $component.links -}}
  {{- if not (hasKey ($component.env | default dict) $variable) -}}
    {{- $address := include "poligon.address" (list $root $key $variable $link.component) -}}
    {{- $_ := set $variables $variable (printf "%s%s" $address ($link.path | default "")) -}}
  {{- end -}}
{{- end -}}
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
