{{/* Arguments that every run of the load module has: what is loaded, and the doors it looks through. Takes root. */}}
{{- define "poligon.loadTargets" -}}
{{- $root := . -}}
{{- $args := list "--hrlink" (include "poligon.address" (list . "load" "hrlink" "hrlink-reference")) -}}
{{- $sms := get .Values.components "sms-gateway-stub" | default dict -}}
{{- if ne (include "poligon.runs" $sms) "true" -}}
  {{- fail "load: one-time codes are read from sms-gateway-stub; enable it" -}}
{{- end -}}
{{- $args = concat $args (list "--sms-admin" (include "poligon.adminAddress" (list . "sms-gateway-stub"))) -}}
{{- range $key, $name := dict "onec-emulator" "onec" "ca-unep-emulator" "ca" "esia-stub" "esia" -}}
  {{- if eq (include "poligon.runs" (get $root.Values.components $key | default dict)) "true" -}}
    {{- $args = concat $args (list "--admin" (printf "%s=%s" $name (include "poligon.adminAddress" (list $root $key)))) -}}
  {{- end -}}
{{- end -}}
{{- toJson $args -}}
{{- end -}}

{{/* Environment of the load module. Takes root. */}}
{{- define "poligon.loadEnv" -}}
{{ include "poligon.secretVariable" (list "ADMIN_TOKEN" (include "poligon.secretName" .) "admin-token") }}
{{ include "poligon.secretVariable" (list "LOAD_HRLINK_TOKEN" (include "poligon.secretName" .) "hrlink-api-token") }}
{{- if .Values.otel.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .Values.otel.endpoint | quote }}
{{- end }}
{{- range $variable, $value := .Values.load.env }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Pod of the load module. Takes a dict: root, name, args, restartPolicy, claim (name of the volume claim; empty: scratch). */}}
{{- define "poligon.loadPod" -}}
{{- include "poligon.podHead" .root }}
restartPolicy: {{ .restartPolicy }}
terminationGracePeriodSeconds: 60
containers:
  {{- include "poligon.taskContainer" (dict "root" .root "name" .name "args" (concat (list "dist/load/src/main.js") .args) "env" (include "poligon.loadEnv" .root) "resources" .resources) | nindent 2 }}
    volumeMounts:
      - { name: runs, mountPath: /runs }
      {{- if .root.Values.load.files }}
      - { name: files, mountPath: /config, readOnly: true }
      {{- end }}
volumes:
  - name: runs
    {{- if .claim }}
    persistentVolumeClaim: { claimName: {{ .claim }} }
    {{- else }}
    emptyDir: {}
    {{- end }}
  {{- if .root.Values.load.files }}
  - name: files
    configMap: { name: {{ include "poligon.fullname" .root }}-load-files }
  {{- end }}
{{ include "poligon.placement" .root }}
{{- end -}}
