import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'undici';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BODY } from '../servers/body.js';
import { freePort } from './free-port.js';
import { installPeers, MODULES } from './install-peers.js';
import { ProcessUnderTest } from './process-under-test.js';

const TYPE = 'application/json; charset=utf-8';

interface Peer {
  readonly name: string;
  readonly start: (folder: string, port: number) => Promise<ProcessUnderTest>;
}

const PEERS: readonly Peer[] = [
  { name: 'WireMock, journal on', start: (folder, port) => wireMock('WireMock, journal on', [], { folder, port }) },
  {
    name: 'WireMock, journal off',
    start: (folder, port) =>
      wireMock('WireMock, journal off', ['--no-request-journal', '--disable-request-logging'], { folder, port }),
  },
  { name: 'mountebank', start: mountebank },
  { name: 'Mockoon', start: mockoon },
];

/** Installs the peers when they are not, and starts each with the same stub; one that cannot start is named and left out. */
export async function startPeers(log: (line: string) => void): Promise<readonly ProcessUnderTest[]> {
  installPeers(log);
  const started: ProcessUnderTest[] = [];
  for (const { name, start } of PEERS) {
    try {
      started.push(await start(mkdtempSync(join(tmpdir(), 'poligon-bench-')), await freePort()));
    } catch (failure) {
      log(`${name} is left out: ${(failure as Error).message}`);
    }
  }
  return started;
}

async function answers(port: number, path = '/stub'): Promise<boolean> {
  try {
    const reply = await request(`http://127.0.0.1:${port}${path}`);
    await reply.body.dump();
    return reply.statusCode === 200;
  } catch {
    return false;
  }
}

function wireMock(
  name: string,
  flags: readonly string[],
  { folder, port }: { readonly folder: string; readonly port: number },
): Promise<ProcessUnderTest> {
  const jar = jarOf();
  mkdirSync(join(folder, 'mappings'));
  const mapping = {
    request: { method: 'GET', urlPath: '/stub' },
    response: { status: 200, body: BODY, headers: { 'Content-Type': TYPE } },
  };
  writeFileSync(join(folder, 'mappings', 'stub.json'), JSON.stringify(mapping));
  const args = ['-Xmx1g', '-jar', jar, '--port', String(port), '--root-dir', folder, '--disable-banner', ...flags];
  return ProcessUnderTest.program({ name, port, command: 'java', args }, answers);
}

function jarOf(): string {
  const folder = join(MODULES, 'wiremock', 'build');
  const found = ['wiremock-standalone-3.13.2.jar', 'wiremock.jar'].map((file) => join(folder, file)).find(existsSync);
  if (found === undefined) throw new Error(`no WireMock under ${folder}`);
  return found;
}

async function mountebank(folder: string, port: number): Promise<ProcessUnderTest> {
  const is = { statusCode: 200, headers: { 'Content-Type': TYPE, Connection: 'keep-alive' }, body: BODY };
  const config = {
    imposters: [
      { port, protocol: 'http', stubs: [{ predicates: [{ equals: { path: '/stub' } }], responses: [{ is }] }] },
    ],
  };
  writeFileSync(join(folder, 'imposters.json'), JSON.stringify(config));
  const script = join(MODULES, 'mountebank', 'bin', 'mb');
  const args = [script, 'start', '--port', String(await freePort()), '--configfile', join(folder, 'imposters.json')];
  const files = ['--nologfile', '--loglevel', 'error', '--pidfile', join(folder, 'mb.pid'), '--localOnly'];
  return ProcessUnderTest.program(
    { name: 'mountebank', port, command: process.execPath, args: [...args, ...files] },
    answers,
  );
}

async function mockoon(folder: string, port: number): Promise<ProcessUnderTest> {
  const response = {
    uuid: 'r',
    body: BODY,
    statusCode: 200,
    latency: 0,
    headers: [{ key: 'Content-Type', value: TYPE }],
    default: true,
    bodyType: 'INLINE',
    rules: [],
    rulesOperator: 'OR',
  };
  const route = { uuid: 'x', type: 'http', method: 'get', endpoint: 'stub', responses: [response], responseMode: null };
  const environment = {
    uuid: 'e',
    lastMigration: 33,
    name: 'stub',
    port,
    hostname: '127.0.0.1',
    endpointPrefix: '',
    latency: 0,
    folders: [],
    routes: [route],
    rootChildren: [{ type: 'route', uuid: 'x' }],
    proxyMode: false,
    proxyHost: '',
    tlsOptions: { enabled: false },
    cors: false,
    headers: [],
    data: [],
    callbacks: [],
  };
  writeFileSync(join(folder, 'stub.json'), JSON.stringify(environment));
  const script = join(MODULES, '@mockoon', 'cli', 'bin', 'run.js');
  const args = [
    script,
    'start',
    '--data',
    join(folder, 'stub.json'),
    '--repair',
    '--disable-log-to-file',
    '--disable-admin-api',
  ];
  return ProcessUnderTest.program({ name: 'Mockoon', port, command: process.execPath, args }, answers);
}
