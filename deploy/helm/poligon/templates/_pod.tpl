{{/* Where pods may run. Takes root. */}}
{{- define "poligon.placement" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Head of every pod that runs the project's image. Takes root. */}}
{{- define "poligon.podHead" -}}
automountServiceAccountToken: false
# Kubernetes would otherwise add variables such as SMS_PORT=tcp://… for Services of that name.
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- end -}}

{{/* A short task in the project's image. Takes a dict: root, name, args, env, resources. */}}
{{- define "poligon.taskContainer" -}}
- name: {{ .name }}
  image: {{ include "poligon.image" .root | quote }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: [node]
  args:
    {{- range .args }}
    - {{ . | quote }}
    {{- end }}
  env:
    {{- .env | nindent 4 }}
  resources:
    {{- toYaml .resources | nindent 4 }}
  securityContext:
    {{- toYaml .root.Values.securityContext | nindent 4 }}
{{- end -}}
