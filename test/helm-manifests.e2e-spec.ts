import { golden } from '@poligon/testing';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import {
  CHART,
  component,
  environmentOf,
  ofKind,
  podOf,
  render,
  run,
  VALUE_FILES,
  withHelm,
  type Manifest,
} from './helm/chart.js';

const VERSIONS = ['1.29', '1.30', '1.31', '1.32', '1.33'];
/** Kinds that the cluster's own schemas do not have. */
const FOREIGN = ['ServiceMonitor', 'HTTPRoute'];
/** Every token given, so that nothing is generated. */
const TOKENS = Object.fromEntries(
  ['admin-token', 'hrlink-api-token', 'sms-password', 'sms-api-key', 'ca-astral-token', 'ca-kontur-api-key']
    .concat(['ca-callback-token', 'postgres-password'])
    .map((key) => [key, `golden-${key}`]),
);
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const hasValidator = spawnSync('kubernetes-validate', ['--version']).status === 0;
const itValidates = hasValidator ? it : it.skip;
const skipped = hasValidator ? '' : ' [skipped: no kubernetes-validate on PATH]';

/** Everything optional switched on. */
const EVERYTHING = {
  postgresql: { enabled: true },
  kafka: { enabled: true },
  serviceMonitor: { enabled: true },
  networkPolicy: { enabled: true, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] },
  ingress: { enabled: true, className: 'nginx', annotations: { a: 'b' }, tlsSecret: 'tls' },
  gateway: { enabled: true, parentRefs: [{ name: 'gateway' }] },
  otel: { endpoint: 'http://collector:4318' },
  load: { enabled: true, workers: { count: 2 }, files: { 'own.yaml': 'a: 1' }, activeDeadlineSeconds: 60 },
  image: { pullSecrets: ['pull'] },
  nodeSelector: { a: 'b' },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  affinity: { podAntiAffinity: {} },
  components: {
    'sms-gateway-stub': { replicas: 2, hosts: { http: 'sms.example', admin: 'sms-admin.example' } },
    'esia-stub': { autoscaling: { enabled: true }, files: { 'clients.yaml': '[]' } },
  },
};

function renderAll(): [string, Manifest[]][] {
  const files = VALUE_FILES.map((file): [string, Manifest[]] => [`values-${file}`, render({}, { file })]);
  return [['values', render()], ...files, ['everything', render(EVERYTHING)]];
}

withHelm('manifests of the chart', () => {
  const renderings = renderAll();

  it.each(VALUE_FILES)('pass helm lint --strict with values-%s', (file) => {
    execFileSync('helm', ['lint', '--strict', CHART, '--values', join(CHART, `values-${file}.yaml`)]);
  });

  itValidates.each(VERSIONS)(`are valid for Kubernetes %s, nothing unknown in them${skipped}`, (version) => {
    const folder = mkdtempSync(join(tmpdir(), 'poligon-manifests-'));
    const files = renderings.map(([name, manifests]) => {
      const file = join(folder, `${name}.yaml`);
      const own = manifests.filter(({ kind }) => !FOREIGN.includes(kind));
      writeFileSync(file, own.map((manifest) => stringify(manifest)).join('---\n'));
      return file;
    });
    const args = ['--strict', '--quiet', '-k', version, ...files];
    const { status, stdout, stderr } = spawnSync('kubernetes-validate', args, { encoding: 'utf8' });
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, stringify({ ...ofKind(render(), 'Service')[0], spec: { ports: [{ prot: 1 }] } }));
    const refused = spawnSync('kubernetes-validate', ['--strict', '--quiet', '-k', version, wrong]);
    rmSync(folder, { recursive: true });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(refused.status).not.toBe(0);
  });

  it.each(VALUE_FILES)('change with values-%s only on purpose', (file) => {
    const { stdout } = run({ tokens: { values: TOKENS } }, { file });
    const text = parseAllDocuments(stdout)
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null)
      .map((manifest) => stringify(manifest))
      .join('---\n');
    expect(text).toBe(golden(new URL(`./golden/helm/${file}.yaml`, import.meta.url), text).toString());
  });

  it.each(renderings)('run no container as root, without requests, limits or capabilities: %s', (_name, manifests) => {
    for (const manifest of manifests) {
      const pod = podOf(manifest);
      if (pod === undefined) continue;
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
      for (const container of pod.containers) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toEqual({
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: expect.objectContaining({ memory: expect.anything() }),
        });
        if (!['Deployment', 'StatefulSet'].includes(manifest.kind)) continue;
        for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) expect(container[probe]).toBeDefined();
      }
    }
  });

  it.each(renderings)('have legal names, each once, and known ports: %s', (_name, manifests) => {
    const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const service of ofKind(manifests, 'Service')) {
      expect(service.metadata.name).toMatch(SERVICE_NAME);
      for (const { name, targetPort } of service.spec.ports) expect([name, targetPort]).toEqual([name, name]);
    }
  });

  it.each(renderings)(
    'refer only to Secrets, claims and ConfigMaps that are there or asked for: %s',
    (_name, manifests) => {
      const made = new Set(manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
      const yours = ['Secret/poligon-database', 'Secret/poligon-kafka'];
      const wanted = manifests.flatMap((manifest) => {
        const pod = podOf(manifest);
        const secrets = (pod?.containers ?? []).flatMap(({ env = [] }) =>
          env.flatMap(({ valueFrom }: { valueFrom?: { secretKeyRef: { name: string } } }) =>
            valueFrom === undefined ? [] : [`Secret/${valueFrom.secretKeyRef.name}`],
          ),
        );
        const volumes = (pod?.volumes ?? []).flatMap(
          (volume: { configMap?: { name: string }; persistentVolumeClaim?: { claimName: string } }) => [
            ...(volume.configMap ? [`ConfigMap/${volume.configMap.name}`] : []),
            ...(volume.persistentVolumeClaim
              ? [`PersistentVolumeClaim/${volume.persistentVolumeClaim.claimName}`]
              : []),
          ],
        );
        return [...secrets, ...volumes] as string[];
      });
      expect(wanted.filter((name) => !made.has(name) && !yours.includes(name))).toEqual([]);
    },
  );
});

withHelm('state and scale', () => {
  it('keeps one pod that is replaced whole as long as state lives in memory', () => {
    for (const { spec } of ofKind(render(), 'Deployment'))
      expect([spec.replicas, spec.strategy.type]).toEqual([1, 'Recreate']);
  });

  it('replaces pods one by one, the new one first, when state lives in a database', () => {
    const strategies = ofKind(render({ postgresql: { enabled: true } }), 'Deployment').map(
      ({ metadata, spec }) => `${metadata.name} ${spec.strategy.type} ${spec.strategy.rollingUpdate?.maxUnavailable}`,
    );
    expect(strategies).toContain('poligon-sms-gateway-stub RollingUpdate 0');
    expect(strategies).toContain('poligon-hrlink-reference Recreate undefined');
  });

  it('brings the schema up to date before pods start, with the same database', () => {
    const manifests = render({ database: { url: 'postgresql://u:p@db:5432/poligon' } });
    const [job] = ofKind(manifests, 'Job').filter(({ metadata }) => metadata.name.endsWith('migrations'));
    expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('pre-install,pre-upgrade');
    expect(podOf(job!).containers[0].args).toEqual(['dist/stand/src/database.js', 'migrate']);
    const secret = ofKind(manifests, 'Secret').find(({ metadata }) => metadata.name === 'poligon-database');
    expect(Buffer.from(secret?.data['url'] ?? '', 'base64').toString()).toBe('postgresql://u:p@db:5432/poligon');
    const ref = environmentOf(manifests, 'esia-stub').get('DATABASE_URL')?.valueFrom?.secretKeyRef;
    expect(ref).toEqual({ name: 'poligon-database', key: 'url' });
    expect(podOf(job!).containers[0].env).toContainEqual({ name: 'DATABASE_URL', valueFrom: { secretKeyRef: ref } });
  });

  it('opens SMPP', () => {
    const manifests = render();
    expect(environmentOf(manifests, 'sms-gateway-stub').get('SMS_SMPP_PORT')?.value).toBe('2775');
    const service = ofKind(manifests, 'Service').find(({ metadata }) => metadata.name === 'poligon-sms-gateway-stub');
    expect(service?.spec.ports).toContainEqual({ name: 'smpp', port: 2775, targetPort: 'smpp', protocol: 'TCP' });
  });

  it('gives every run a name of its own and leads it to the stand', () => {
    const [job] = ofKind(render({ load: { enabled: true, plan: 'reliability' } }), 'Job').filter(({ metadata }) =>
      metadata.name.includes('-load-'),
    );
    expect(job?.metadata.name).toBe('poligon-load-1');
    const args = podOf(job!).containers[0].args as string[];
    expect(args.slice(0, 6)).toEqual(['dist/load/src/main.js', 'run', '--plan', 'reliability', '--out', '/runs']);
    expect(args).toContain('http://poligon-sms-gateway-stub.stand.svc:9103');
  });

  it.each([
    ['several pods without a database', component('esia-stub', { replicas: 2 }), 'several pods need a database'],
    [
      'several pods of what keeps its state in memory',
      { postgresql: { enabled: true }, ...component('hrlink-reference', { replicas: 2 }) },
      'there can be one pod only',
    ],
    ['two databases', { postgresql: { enabled: true }, database: { url: 'postgresql://x/y' } }, 'postgresql.enabled'],
    ['two brokers', { kafka: { enabled: true, brokers: 'k:9092' } }, 'kafka.enabled'],
    ['workers without Kafka', { load: { enabled: true, workers: { count: 2 } } }, 'they meet the coordinator on Kafka'],
    [
      'workers that cannot sign in to Kafka',
      { kafka: { brokers: 'k:9092', ssl: true }, load: { enabled: true, workers: { count: 2 } } },
      'plain brokers only',
    ],
    ['a host of no port', component('esia-stub', { hosts: { web: 'a.b' } }), 'there is no port of that name'],
  ])('refuses %s in words', (_case, values, words) => {
    const { status, stderr } = run(values);
    expect(status).not.toBe(0);
    expect(stderr).toContain(words);
  });
});
