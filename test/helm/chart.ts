import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';

/** Folder of the chart, relative to the root. */
export const CHART = join('deploy', 'helm', 'poligon');
/** The value files that the chart comes with. */
export const VALUE_FILES = ['laptop', 'stand', 'ha'] as const;
/** Any supported version will do; a helm built with `go install` believes in a very old one. */
const KUBE_VERSION = ['--kube-version', '1.30.0'];

const hasHelm = spawnSync('helm', ['version', '--short']).status === 0;
/** A suite that needs helm; without it one skipped case says so. */
export function withHelm(title: string, cases: () => void): void {
  if (hasHelm) describe(title, cases);
  else it.skip(`${title} [skipped: no helm on PATH]`, () => undefined);
}

export interface Env {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as deep as Kubernetes; the assertions name every field
  readonly spec: any;
  readonly data: Record<string, string>;
}
export interface Component {
  readonly folder: string;
  readonly envPrefix: string;
  readonly ports: Record<'http' | 'admin', number>;
  readonly links: object;
  readonly secretEnv: object;
  readonly env: object;
}

const folder = mkdtempSync(join(tmpdir(), 'poligon-helm-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What `values.yaml` says of each component. */
export const components = Object.entries(
  (parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')) as { components: Record<string, Component> }).components,
);

/** How to render: a value file of the chart, values over it, the release's name, another copy of the chart. */
export interface Rendering {
  readonly file?: (typeof VALUE_FILES)[number];
  readonly release?: string;
  readonly chart?: string;
}

/** `helm template` as a whole: exit code and texts. */
export function run(values: object = {}, { file, release = 'poligon', chart = CHART }: Rendering = {}) {
  const own = join(folder, 'values.yaml');
  writeFileSync(own, stringify(values));
  const files = file === undefined ? [] : ['--values', join(chart, `values-${file}.yaml`)];
  const args = ['template', release, chart, '--namespace', 'stand', ...KUBE_VERSION, ...files, '--values', own];
  return spawnSync('helm', args, { encoding: 'utf8', maxBuffer: 32_000_000 });
}

/** The objects that the chart makes. @throws Error when helm refuses or the output is not YAML */
export function render(values: object = {}, rendering: Rendering = {}): Manifest[] {
  const { status, stdout, stderr } = run(values, rendering);
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => {
      if (document.errors[0] !== undefined) throw document.errors[0];
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}

export const ofKind = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind);
export const component = (name: string, values: object) => ({ components: { [name]: values } });
export const containerOf = (deployment: Manifest | undefined) => deployment?.spec.template.spec.containers[0];

/** The environment of a component's container, each variable once. */
export function environmentOf(manifests: readonly Manifest[], name: string): Map<string, Env> {
  const deployment = ofKind(manifests, 'Deployment').find(({ metadata }) => metadata.name.endsWith(name));
  const list = (containerOf(deployment)?.env ?? []) as Env[];
  expect(new Set(list.map((entry) => entry.name)).size).toBe(list.length);
  return new Map(list.map((entry) => [entry.name, entry]));
}

/** The pod of whatever makes one; undefined for other objects. */
export function podOf({ kind, spec }: Manifest) {
  return kind === 'Pod' ? spec : spec?.template?.spec;
}
