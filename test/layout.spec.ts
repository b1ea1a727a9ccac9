import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SERVICES = readdirSync(join(ROOT, 'services'));
const LIBS = readdirSync(join(ROOT, 'libs'));
const SOURCE_ROOTS = ['libs', 'services', 'load', 'stand'];
const MAX_LINES = 300;
/** Data written as code: tables of names, DER templates, wire tables. */
const TABLE = /(^|\/)(tables|templates)\//;

function filesUnder(folder: string, keep: (path: string) => boolean): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules') && keep(path));
}

const sources = SOURCE_ROOTS.flatMap((folder) => filesUnder(folder, (path) => path.endsWith('.ts')));
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Paths that break a rule; the test's failure names them. */
const offenders = (paths: readonly string[], breaks: (path: string) => boolean): string[] => paths.filter(breaks);

describe('the tree', () => {
  it('has only the top-level folders everybody knows', () => {
    const known = ['bench', 'deploy', 'docs', 'fuzz', 'libs', 'load', 'prisma', 'services', 'stand', 'test', 'tools'];
    const ignored = ['node_modules', 'dist', 'runs', 'data', 'coverage'];
    const found = readdirSync(ROOT).filter((name) => !name.startsWith('.') && statSync(join(ROOT, name)).isDirectory());
    expect(found.filter((name) => !known.includes(name) && !ignored.includes(name))).toEqual([]);
  });

  it('keeps one package.json, and one more for benchmarks', () => {
    const manifests = [...SOURCE_ROOTS, 'test', 'bench', 'deploy'].flatMap((folder) =>
      filesUnder(folder, (path) => basename(path) === 'package.json'),
    );
    expect(manifests.filter((path) => path !== 'bench/package.json')).toEqual([]);
  });

  it('names every project in nest-cli.json', () => {
    const { projects } = JSON.parse(text('nest-cli.json')) as { projects: Record<string, unknown> };
    expect([...SERVICES, ...LIBS].filter((name) => !(name in projects))).toEqual([]);
  });
});

describe.each(SERVICES)('services/%s', (service) => {
  const folder = `services/${service}`;

  it.each(['README.md', 'tsconfig.app.json', 'src/main.ts', 'src/app.module.ts', 'src/config.ts'])('has %s', (file) => {
    expect(existsSync(join(ROOT, folder, file))).toBe(true);
  });

  it('keeps its source in the known folders', () => {
    const known = ['adapters', 'admin', 'domain', 'faults', 'flow', 'jobs', 'protocol', 'schedule', 'state'];
    const found = readdirSync(join(ROOT, folder, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(found.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('starts in three statements through the kit', () => {
    const statements = text(`${folder}/src/main.ts`)
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
    expect(statements.length).toBeLessThanOrEqual(3);
    expect(statements.join('\n')).toContain('bootstrap(');
  });

  it('has every section in its README, and a first line that says what it imitates', () => {
    const readme = text(`${folder}/README.md`);
    const sections = ['Quick start', 'Ports', 'Configuration', 'Faults', 'Admin', 'Divergences', 'Not implemented'];
    expect(sections.filter((section) => !new RegExp(`^## ${section}`, 'm').test(readme))).toEqual([]);
    expect(readme.split('\n').slice(1, 4).join(' ')).toMatch(/Imitates/);
  });

  it('documents every setting in its README', () => {
    const variables = [...text(`${folder}/src/config.ts`).matchAll(/setting\(\s*'([A-Z0-9_]+)'/g)].map(
      (match) => match[1]!,
    );
    const readme = text(`${folder}/README.md`);
    expect(variables.filter((variable) => !readme.includes(variable))).toEqual([]);
  });

  it('puts an abstract class behind every store, and proves it by a contract', () => {
    const stores = filesUnder(`${folder}/src/state`, (path) => /\/(memory|kept)-.*\.store\.ts$/.test(path));
    expect(stores.length).toBeGreaterThan(0);
    const proofs = filesUnder(folder, (path) => /(\.(e2e-)?spec|-contract)\.ts$/.test(path))
      .map(text)
      .filter((spec) => /from '.*contracts?\b.*'/.test(spec));
    expect(stores.filter((path) => storesIn(path).length === 0)).toEqual([]);
    const unproved = stores.flatMap((path) =>
      storesIn(path).filter((name) => !proofs.some((spec) => spec.includes(name))),
    );
    expect(unproved).toEqual([]);
  });

  it('names each fault file after its fault', () => {
    const faults = filesUnder(`${folder}/src/faults`, (path) => path.endsWith('.fault.ts'));
    expect(offenders(faults, (path) => !text(path).includes(`name = '${basename(path, '.fault.ts')}'`))).toEqual([]);
  });
});

/** Classes of a file that implement an abstract store. */
function storesIn(path: string): string[] {
  return [...text(path).matchAll(/export class (\w+) extends \w+Store\b/g)].map((match) => match[1]!);
}

describe('source files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = offenders(sources, (path) => !TABLE.test(path) && text(path).split('\n').length > MAX_LINES + 1);
    expect(long).toEqual([]);
  });

  it('are named in kebab-case and never for what they are not', () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|misc|types)(\.|\/)/;
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.ts$/;
    expect(offenders(sources, (path) => vague.test(path) || !kebab.test(basename(path)))).toEqual([]);
  });

  it('have no barrel inside a service', () => {
    expect(offenders(sources, (path) => path.startsWith('services/') && basename(path) === 'index.ts')).toEqual([]);
  });

  it('name no class with an I prefix, Impl or Base', () => {
    const vain = /\b(class|interface)\s+(I[A-Z][a-z]\w*|\w*Impl|Base\w*)\b/;
    // Words of the field that begin with I and a capital do not exist here; the rule is exact.
    expect(offenders(sources, (path) => vain.test(text(path)))).toEqual([]);
  });

  it('carry no unfinished work', () => {
    const unfinished = new RegExp(
      `\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b|\\b(it|test|describe)\\.only\\(`,
    );
    expect(offenders(sources, (path) => unfinished.test(text(path)))).toEqual([]);
  });
});

describe('libs/emulator-kit', () => {
  it('never names a protocol, a vendor or a service', () => {
    const words =
      /\b(smsc|sms\.ru|smpp|esia|gosuslugi|kontur|astral|hrlink|odata|zup|unep|cryptopro|1c)\b|sms-gateway|ca-unep|User-Api-Token/i;
    const kit = sources.filter((path) => path.startsWith('libs/emulator-kit/src/') && !path.endsWith('.spec.ts'));
    // Comments may give examples; code may not.
    const code = (path: string) => text(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(offenders(kit, (path) => words.test(code(path)))).toEqual([]);
  });
});
