import { expandPath, loadProfile } from '@poligon/hrlink-api';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CHART,
  component,
  components,
  containerOf,
  environmentOf,
  ofKind,
  render,
  run,
  withHelm,
} from './helm/chart.js';

const ESIA = components.find(([name]) => name === 'esia-stub')![1];
const DNS_1035 = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

describe('values of the chart', () => {
  it('list every service under services/', () => {
    const folders = readdirSync('services').filter((name) => existsSync(join('services', name, 'tsconfig.app.json')));
    expect(components.map(([, { folder: name }]) => name).sort()).toEqual(folders.sort());
  });

  it.each(components)('name only variables that %s reads', (_name, { folder: service, envPrefix, ports, ...maps }) => {
    const config = readFileSync(join('services', service, 'src', 'config.ts'), 'utf8');
    expect(config).toContain(`commonSettings('${envPrefix}', { protocol: ${ports.http}, admin: ${ports.admin} })`);
    const named = [maps.links, maps.secretEnv, maps.env].flatMap((map) => Object.keys(map));
    expect(named.filter((variable) => !config.includes(`'${variable}'`))).toEqual([]);
  });
});

withHelm('Helm chart', () => {
  it('passes helm lint --strict', () => {
    execFileSync('helm', ['lint', '--strict', CHART], { encoding: 'utf8' });
  });

  it('makes exactly one Deployment and one Service for each component', () => {
    const manifests = render();
    const expected = components.map(([name]) => `poligon-${name}`).sort();
    for (const kind of ['Deployment', 'Service'])
      expect(
        ofKind(manifests, kind)
          .map(({ metadata }) => metadata.name)
          .sort(),
      ).toEqual(expected);
    const others = manifests.map(({ kind }) => kind).filter((kind) => !['Deployment', 'Service'].includes(kind));
    // The Job registers HRLink at ESIA, the Pod is `helm test`.
    expect(others.sort()).toEqual(['Job', 'Pod', 'Secret', 'ServiceAccount']);
  });

  it.each(['poligon', 'stand', '2nd.stand', 'nt-2024-q4', 'a'.repeat(53), `${'a'.repeat(39)}-b`])(
    'gives valid names to a release called %s',
    (release) => {
      const manifests = render(component('a-name-of-22-letters-x', ESIA), { release });
      const names = manifests.map(({ metadata }) => metadata.name);
      expect(names.filter((name) => !DNS_1035.test(name))).toEqual([]);
      const labels = manifests.flatMap(({ metadata }) => Object.values(metadata.labels));
      expect(labels.filter((label) => !/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(label))).toEqual([]);
    },
  );

  it('sends each Service to the pods of its own component', () => {
    const manifests = render();
    for (const service of ofKind(manifests, 'Service')) {
      const targets = ofKind(manifests, 'Deployment').filter(({ spec }) =>
        Object.entries(service.spec.selector as object).every(
          ([label, text]) => spec.template.metadata.labels[label] === text,
        ),
      );
      expect(targets.map(({ metadata }) => metadata.name)).toEqual([service.metadata.name]);
      const open = containerOf(targets[0]).ports.map((port: { name: string }) => port.name);
      expect(service.spec.ports.map((port: { targetPort: string }) => port.targetPort)).toEqual(open);
    }
  });

  it('runs every pod without root, capabilities, a writable root or an API token', () => {
    for (const { spec } of ofKind(render(), 'Deployment')) {
      const pod = spec.template.spec;
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.containers).toHaveLength(1);
      expect(pod.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(pod.containers[0].resources.limits.memory).toBeDefined();
    }
  });

  it('probes the admin door, and every service listens on the ports the Service has', () => {
    const manifests = render();
    for (const [name, { folder: service, envPrefix, ports }] of components) {
      const deployment = ofKind(manifests, 'Deployment').find(({ metadata }) => metadata.name === `poligon-${name}`);
      const container = containerOf(deployment);
      expect(container.command).toEqual(['node', `dist/services/${service}/src/main.js`]);
      expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'admin' });
      expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'admin' });
      const variables = environmentOf(manifests, name);
      expect(variables.get(`${envPrefix}_HOST`)?.value).toBe('0.0.0.0');
      expect(variables.get(`${envPrefix}_PORT`)?.value).toBe(String(ports.http));
      expect(variables.get(`${envPrefix}_ADMIN_PORT`)?.value).toBe(String(ports.admin));
      expect(variables.get('ADMIN_TOKEN')?.valueFrom?.secretKeyRef.key).toBe('admin-token');
    }
  });

  it('names only Secret keys that the Secret has', () => {
    const manifests = render();
    const [secret] = ofKind(manifests, 'Secret');
    const keys = Object.keys(secret?.data ?? {});
    const wanted = components.flatMap(([name]) =>
      [...environmentOf(manifests, name).values()].flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []),
    );
    expect(wanted.filter(({ name, key }) => name !== secret?.metadata.name || !keys.includes(key))).toEqual([]);
  });

  it('generates tokens that differ, and keeps those that are given', () => {
    const values = { tokens: { values: { 'admin-token': 'a-long-admin-token' } } };
    const [secret] = ofKind(render(values), 'Secret');
    const texts = Object.values(secret?.data ?? {}).map((data) => Buffer.from(data, 'base64').toString());
    expect(texts).toContain('a-long-admin-token');
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.every((text) => text.length >= 18)).toBe(true);
  });

  it('makes no Secret when one exists already', () => {
    const manifests = render({ tokens: { existingSecret: 'my-tokens' } });
    expect(ofKind(manifests, 'Secret')).toEqual([]);
    expect(environmentOf(manifests, 'esia-stub').get('ADMIN_TOKEN')?.valueFrom?.secretKeyRef.name).toBe('my-tokens');
  });

  it('leads links to the Services of this release', () => {
    const manifests = render({}, { release: 'nt' });
    const hrlink = environmentOf(manifests, 'hrlink-reference');
    expect(hrlink.get('HRLINK_SMS_URL')?.value).toBe('http://poligon-nt-sms-gateway-stub.stand.svc:8103');
    expect(environmentOf(manifests, 'ca-unep-emulator').get('CA_ASTRAL_CALLBACK_URL')?.value).toBe(
      `http://poligon-nt-hrlink-reference.stand.svc:8100${expandPath(loadProfile(), 'ca.callback')}`,
    );
  });

  it('leaves out the reference HRLink and leads links to a real one', () => {
    const manifests = render(component('hrlink-reference', { externalUrl: 'https://hrlink.example/' }));
    expect(ofKind(manifests, 'Deployment')).toHaveLength(components.length - 1);
    expect(environmentOf(manifests, 'onec-emulator').get('ONEC_HRLINK_URL')?.value).toBe('https://hrlink.example');
  });

  it('refuses a link to a component that is not there, and says what to do', () => {
    const { status, stderr } = run(component('sms-gateway-stub', { enabled: false }));
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /components\.\S+\.links\.\w+_SMS_URL: sms-gateway-stub is not deployed; enable it, give components\.sms-gateway-stub\.externalUrl/,
    );
  });

  it('writes numbers and flags of env as the services read them, env winning over links and tokens', () => {
    const env = {
      SMS_BALANCE: 5_000_000,
      SMS_PASSWORD: 'plain-text',
      SMS_DUPLICATE_WINDOW_MS: 0,
      SMS_BALANCE_ENFORCED: false,
    };
    const variables = environmentOf(render(component('sms-gateway-stub', { env })), 'sms-gateway-stub');
    expect([...Object.keys(env)].map((name) => variables.get(name)?.value)).toEqual([
      '5000000',
      'plain-text',
      '0',
      'false',
    ]);
  });

  it('mounts files, and changes the pod when they change', () => {
    const withFile = (text: string) => render(component('sms-gateway-stub', { files: { 'latency.yaml': text } }));
    const annotations = ['a: 1\n', 'a: 2\n'].map((text) => {
      const manifests = withFile(text);
      const [map] = ofKind(manifests, 'ConfigMap');
      expect(map?.data).toEqual({ 'latency.yaml': text });
      const deployment = ofKind(manifests, 'Deployment').find(
        ({ metadata }) => `${metadata.name}-files` === map?.metadata.name,
      );
      expect(deployment?.spec.template.spec.volumes[0].configMap.name).toBe(map?.metadata.name);
      return deployment?.spec.template.metadata.annotations['checksum/files'];
    });
    expect(annotations[0]).not.toBe(annotations[1]);
  });

  it.each([
    ['the chart version', {}, 'poligon:0.1.0'],
    ['registry and tag', { registry: 'registry.example:5000', tag: '1.2.3' }, 'registry.example:5000/poligon:1.2.3'],
    ['a digest over a tag', { tag: '1.2.3', digest: `sha256:${'0'.repeat(64)}` }, `poligon@sha256:${'0'.repeat(64)}`],
  ])('takes the image from %s', (_case, image, expected) => {
    const images = ofKind(render({ image }), 'Deployment').map((deployment) => containerOf(deployment).image);
    expect(new Set(images)).toEqual(new Set([expected]));
  });

  it('exports traces only when told where', () => {
    const variable = 'OTEL_EXPORTER_OTLP_ENDPOINT';
    expect(environmentOf(render(), 'esia-stub').has(variable)).toBe(false);
    const told = render({ otel: { endpoint: 'http://collector:4318' } });
    expect(environmentOf(told, 'esia-stub').get(variable)?.value).toBe('http://collector:4318');
  });

  it.each([
    ['an unknown key', { imagee: {} }, 'imagee'],
    ['an unknown key of a component', component('esia-stub', { replica: 2 }), 'replica'],
    [
      'a password that would break its URL',
      { tokens: { values: { 'postgres-password': 'p@ss/word' } } },
      'postgres-password',
    ],
    ['the tag latest', { image: { tag: 'latest' } }, 'image/tag'],
    ['a malformed digest', { image: { digest: 'sha256:123' } }, 'image/digest'],
    ['a port out of range', component('esia-stub', { ports: { http: 70_000 } }), 'ports/http'],
    ['a privileged port', component('esia-stub', { ports: { http: 80 } }), 'ports/http'],
    ['a component whose name starts with a digit', component('1c', ESIA), '1c'],
    ['an address that is not http', component('esia-stub', { externalUrl: 'esia.example' }), 'externalUrl'],
    ['a short token', { tokens: { values: { 'admin-token': 'short' } } }, 'admin-token'],
    ['an unknown log level', { logLevel: 'loud' }, 'logLevel'],
    ['a variable that the service does not have', component('esia-stub', { env: { ESIA_STAMD: 'x' } }), 'ESIA_STAMD'],
    ['a map as a variable', component('esia-stub', { env: { ESIA_STAND: { a: 1 } } }), 'ESIA_STAND'],
  ])('refuses %s', (_case, values, place) => {
    const { status, stderr } = run(values);
    expect(status).not.toBe(0);
    expect(stderr).toContain("values don't meet the specifications of the schema");
    expect(stderr).toContain(place);
  });

  it('names existing Services and ports in the notes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'poligon-notes-'));
    const copy = join(folder, 'chart');
    cpSync(CHART, copy, { recursive: true });
    // `helm template` shows no notes, so they are rendered as an object.
    renameSync(join(copy, 'templates', 'NOTES.txt'), join(copy, 'NOTES.txt'));
    writeFileSync(
      join(copy, 'templates', 'notes.yaml'),
      'kind: Notes\ntext: {{ tpl (.Files.Get "NOTES.txt") . | toJson }}\n',
    );
    const manifests = render({}, { release: 'nt', chart: copy });
    rmSync(folder, { recursive: true });
    const [{ text }] = ofKind(manifests, 'Notes') as unknown as [{ text: string }];
    const services = ofKind(manifests, 'Service').map(({ metadata }) => metadata.name);
    const forwarded = [...text.matchAll(/service\/(\S+) (\d+):\2/g)].map(([, name, port]) => [name, Number(port)]);
    expect(forwarded).toEqual([['poligon-nt-sms-gateway-stub', 9103]]);
    expect(forwarded.filter(([name]) => !services.includes(name as string))).toEqual([]);
    expect(text).toContain('get secret poligon-nt-tokens');
  });
});
