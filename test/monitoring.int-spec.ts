import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../stand/src/free-port.js';
import { ended, ROOT, startStand, type StandProcess } from './stand-process.js';

const FOLDER = join(ROOT, 'deploy/monitoring');
const DATABASE = process.env['TEST_DATABASE_URL'];
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const EXPORTER = ['postgres_exporter', 'prometheus-postgres-exporter'].find(has);
const reason = [
  has('prometheus') ? '' : 'no prometheus',
  EXPORTER === undefined ? 'no postgres_exporter' : '',
  DATABASE === undefined ? 'TEST_DATABASE_URL is not set' : '',
].find((each) => each !== '');
const suite = reason === undefined ? describe : describe.skip;
const DEADLINE_MS = 120_000;

interface Query {
  dashboard: string;
  panel: string;
  expr: string;
}

/** Queries of all panels and annotations, with variables that mean everything. */
function queries(): Query[] {
  const folder = join(FOLDER, 'grafana/dashboards');
  return readdirSync(folder).flatMap((dashboard) => {
    const { panels, annotations } = JSON.parse(readFileSync(join(folder, dashboard), 'utf8')) as {
      panels: { title: string; targets?: { expr: string }[] }[];
      annotations: { list: { name: string; expr: string }[] };
    };
    const all = [
      ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ panel: title, expr }))),
      ...annotations.list.map(({ name, expr }) => ({ panel: `mark ${name}`, expr })),
    ];
    return all.map(({ panel, expr }) => ({ dashboard, panel, expr: expr.replace(/\$\w+/g, '.*') }));
  });
}

suite(`Prometheus and the dashboards${reason === undefined ? '' : ` [skipped: ${reason}]`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'monitoring-'));
  const children: ChildProcess[] = [];
  const startedAt = Date.now() / 1000 - 5;
  let stand: StandProcess;
  let prometheus: string;

  const start = (program: string, args: string[], environment: Record<string, string> = {}) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    child.stderr.resume();
    return child;
  };

  beforeAll(async () => {
    await prepareDatabase();
    stand = await startStand(folder);
    children.push(stand.child);
    const [exporterPort, loadPort, port] = [await freePort(0), await freePort(0), await freePort(0)];
    start(
      EXPORTER!,
      [
        `--web.listen-address=127.0.0.1:${exporterPort}`,
        `--extend.query-path=${join(FOLDER, 'postgres-exporter/queries.yaml')}`,
      ],
      {
        DATA_SOURCE_NAME: `${DATABASE}?sslmode=disable`,
      },
    );
    writePrometheus(folder, stand, { load: loadPort, exporter: exporterPort });
    start('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]).stdout?.resume();
    prometheus = `http://127.0.0.1:${port}`;
    await setFault(stand, 'sms-gateway-stub', { id: 'slow', fault: 'latency', operations: ['*'], options: { ms: 50 } });
    const load = runSmoke(folder, stand, loadPort);
    children.push(load);
    load.stdout?.resume();
    expect(await ended(load)).not.toBe(2);
  }, DEADLINE_MS * 2);

  afterAll(async () => {
    for (const child of [...children].reverse()) child.kill('SIGTERM');
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  }, DEADLINE_MS);

  it('loads the configuration, the recording rules and the alerts', async () => {
    const { data } = await ask<{
      data: { groups: { rules: { health: string; name: string; lastError?: string }[] }[] };
    }>('/api/v1/rules');
    const rules = data.groups.flatMap(({ rules: own }) => own);
    expect(rules).toHaveLength(12);
    expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
  });

  it('scrapes every emulator and the exporter', async () => {
    const { data } = await ask<{
      data: { activeTargets: { health: string; labels: { job: string; service?: string } }[] };
    }>('/api/v1/targets');
    const down = data.activeTargets.filter(({ health, labels }) => health !== 'up' && labels.job !== 'poligon-load');
    expect(down).toEqual([]);
    expect(data.activeTargets).toHaveLength(7);
  });

  it('answers the query of every panel and mark with data', async () => {
    const empty: Query[] = [];
    for (const query of queries()) {
      const range = `start=${startedAt}&end=${Date.now() / 1000}&step=1`;
      const { data } = await ask<{ data: { result: unknown[] } }>(
        `/api/v1/query_range?${range}&query=${encodeURIComponent(query.expr)}`,
      );
      if (data.result.length === 0) empty.push(query);
    }
    expect(empty).toEqual([]);
  });

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${prometheus}${path}`);
    const body = (await response.json()) as T;
    expect([path, response.status, response.status === 200 ? '' : body]).toEqual([path, 200, '']);
    return body;
  }
});

/** What a database of HRLink has: the extension, and a table with rows. */
async function prepareDatabase(): Promise<void> {
  const client = new Client({ connectionString: DATABASE });
  await client.connect();
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await client.query('CREATE TABLE IF NOT EXISTS public.watched (id int)');
    await client.query('INSERT INTO public.watched SELECT generate_series(1, 1000)');
    await client.query('SELECT count(*) FROM public.watched');
  } finally {
    await client.end();
  }
}

function writePrometheus(
  folder: string,
  { descriptor }: StandProcess,
  ports: { load: number; exporter: number },
): void {
  mkdirSync(join(folder, 'targets'));
  const host = (url: string) => new URL(url).host;
  const emulators = Object.entries(descriptor.addresses).map(([service, { adminUrl }]) => ({
    targets: [host(adminUrl)],
    labels: { service },
  }));
  const files = {
    emulators,
    load: [{ targets: [`127.0.0.1:${ports.load}`] }],
    postgresql: [{ targets: [`127.0.0.1:${ports.exporter}`] }],
  };
  for (const [name, targets] of Object.entries(files))
    writeFileSync(join(folder, `targets/${name}.yaml`), JSON.stringify(targets));
  // The shipped files, asking more often: the smoke plan lasts a dozen seconds.
  const shipped = readFileSync(join(FOLDER, 'prometheus/prometheus.yml'), 'utf8');
  writeFileSync(
    join(folder, 'prometheus.yml'),
    shipped.replaceAll(/(scrape|evaluation)_interval: 5s/g, '$1_interval: 1s'),
  );
  writeFileSync(join(folder, 'rules.yml'), readFileSync(join(FOLDER, 'prometheus/rules.yml')));
}

async function setFault(
  { descriptor }: StandProcess,
  service: string,
  rule: { id: string; [field: string]: unknown },
): Promise<void> {
  const url = `${descriptor.addresses[service]!.adminUrl}/__admin/faults/${rule.id}`;
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([response.status, '']);
}

function runSmoke(folder: string, { descriptor }: StandProcess, port: number): ChildProcess {
  const { addresses, apiToken } = descriptor;
  return spawn(
    process.execPath,
    [
      ...['dist/load/src/main.js', 'run', '--plan', 'smoke', '--token', apiToken, '--out', folder],
      ...['--hrlink', addresses['hrlink-reference']!.protocolUrl],
      ...['--sms-admin', addresses['sms-gateway-stub']!.adminUrl],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOAD_METRICS: String(port) } },
  );
}
