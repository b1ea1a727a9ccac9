import Table from 'cli-table3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchOptions } from '../harness/bench.js';
import { closedLoad } from '../harness/closed-load.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { getRequest, RawConnection } from '../harness/raw-connection.js';
import { median, percentile, short } from '../harness/statistics.js';

const EMPLOYEES = 100_000;
const CONNECTIONS = 8;
const ROOT = '/zup/odata/standard.odata/Catalog_Сотрудники';
const FIELDS = 'Ref_Key,Code,Description,ФизическоеЛицо_Key';
const FLOOR = 0.2;
/** A first page has to be there that soon, in the infobase's CPU milliseconds and by the clock of an idle machine. */
const FIRST_PAGE_MS = 20;
/** The machine counts CPU time in steps of 10 ms, so first pages are averaged. */
const STARTS = 5;

/** Hundred employees that pass a condition; `skip` makes pages nobody asked for before. */
function pagePath(condition: string, skip: number): string {
  const query = `$format=json&$top=100&$skip=${skip}&$select=${FIELDS}&$filter=ВАрхиве eq false and ${condition}`;
  return encodeURI(`${ROOT}?${query}`);
}

const REPEATED = pagePath("Code ge '0000000050'", 0);
let nextSkip = 0;
/** The next page of a reader who goes through the organisation from the start, every page once. */
const fresh = (): Buffer => getRequest(pagePath("Code ge '0000000050'", (nextSkip = (nextSkip + 1) % 2000)));

let nextValue = 0;
/** Hundred employees behind a value nobody named before, anywhere in the organisation. */
const filtered = (): Buffer => {
  nextValue = (nextValue + 7919) % (EMPLOYEES - 1000);
  return getRequest(pagePath(`Code ge '${String(nextValue + 50).padStart(10, '0')}'`, 0));
};

interface Round {
  readonly repeated: number;
  readonly distinct: number;
  readonly filtered: number;
  readonly bare: number;
  readonly p99Ms: number;
}

/** Pages of 100 employees of 100,000, next to the same JSON held ready by bare Fastify. */
export const odata: Bench = {
  name: 'odata',
  about: 'pages of 100 of 100,000 employees per CPU-second: 1C infobase, the same JSON from bare Fastify',
  defaults: { rounds: 5, seconds: 3 },
  async run(options) {
    const firstPages = await firstPageMs();
    const infobase = await ProcessUnderTest.own('infobase', 'odata', ['0', String(EMPLOYEES)]);
    const folder = mkdtempSync(join(tmpdir(), 'poligon-odata-'));
    let bare: ProcessUnderTest | undefined;
    try {
      const file = join(folder, 'page.json');
      writeFileSync(file, await pageOf(infobase.port));
      bare = await ProcessUnderTest.own('bare Fastify', 'bare-fastify', [file]);
      return verdict(await measure({ infobase, bare }, options), firstPages, options.log);
    } finally {
      await Promise.all([infobase.stop(), bare?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function pageOf(port: number): Promise<Buffer> {
  const connection = await RawConnection.open(port);
  const { status, body } = await connection.send(getRequest(REPEATED));
  connection.close();
  const { value } = JSON.parse(body.toString('utf8')) as { value: readonly unknown[] };
  if (status !== 200 || value.length !== 100)
    throw new Error(`a page of 100 employees: HTTP ${status}, ${value.length} rows`);
  return body;
}

/** What the first page costs a process that has just started: CPU milliseconds and milliseconds until its last byte. */
async function firstPageMs(): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
  const walls: number[] = [];
  let cpuSeconds = 0;
  for (let nth = 0; nth < STARTS; nth += 1) {
    const server = await ProcessUnderTest.own('infobase', 'odata', ['0', String(EMPLOYEES)]);
    const connection = await RawConnection.open(server.port);
    const [before, startMs] = [server.cpuSeconds(), performance.now()];
    await connection.send(getRequest(REPEATED));
    walls.push(performance.now() - startMs);
    cpuSeconds += server.cpuSeconds() - before;
    connection.close();
    await server.stop();
  }
  return { cpuMs: (cpuSeconds * 1000) / STARTS, wallMs: median(walls) };
}

type Servers = { readonly infobase: ProcessUnderTest; readonly bare: ProcessUnderTest };

async function measure({ infobase, bare }: Servers, { rounds, seconds, log }: BenchOptions): Promise<Round[]> {
  const measured: Round[] = [];
  const same = getRequest(REPEATED);
  for (let round = 0; round <= rounds; round += 1) {
    const repeated = await perCpuSecond(infobase, same, seconds);
    const distinct = await perCpuSecond(infobase, fresh, seconds);
    const values = await perCpuSecond(infobase, filtered, seconds);
    const reference = await perCpuSecond(bare, same, seconds);
    if (round > 0) {
      measured.push({
        ...{ repeated: repeated.rate, distinct: distinct.rate, filtered: values.rate },
        ...{ bare: reference.rate, p99Ms: distinct.p99Ms },
      });
    }
    log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
  }
  return measured;
}

async function perCpuSecond(server: ProcessUnderTest, request: Buffer | (() => Buffer), seconds: number) {
  const before = server.cpuSeconds();
  const load = await closedLoad(server.port, { connections: CONNECTIONS, seconds, request });
  if (load.failures > 0) throw new Error(`${server.name}: ${load.failures} calls failed`);
  return { rate: load.requests / (server.cpuSeconds() - before), p99Ms: percentile(load.latenciesMs, 99) };
}

function verdict(rounds: readonly Round[], first: { cpuMs: number; wallMs: number }, log: (line: string) => void) {
  const middle = (name: keyof Round): number => short(median(rounds.map((round) => round[name])));
  const [repeated, distinct, bare] = [middle('repeated'), middle('distinct'), middle('bare')];
  const byValue = middle('filtered');
  const table = new Table({ head: ['pages of 100 employees', 'per CPU-second', 'share'] });
  table.push(['the same JSON from bare Fastify', bare, '100 %']);
  table.push(['infobase, the same page again', repeated, `${Math.round((repeated / bare) * 100)} %`]);
  table.push(['infobase, every page once', distinct, `${Math.round((distinct / bare) * 100)} %`]);
  table.push(['infobase, a value of its own in every $filter', byValue, `${Math.round((byValue / bare) * 100)} %`]);
  log(table.toString());
  log(`first page after the start: ${short(first.cpuMs, 3)} ms of CPU, ${short(first.wallMs, 3)} ms by the clock`);
  const ratio = short(repeated / bare, 3);
  return {
    ...{ bench: 'odata', ratio, floor: FLOOR, holds: ratio >= FLOOR && first.cpuMs <= FIRST_PAGE_MS },
    ...{
      ours: repeated,
      reference: bare,
      distinct,
      distinctRatio: short(distinct / bare, 3),
      distinctP99Ms: middle('p99Ms'),
      filtered: byValue,
      filteredRatio: short(byValue / bare, 3),
    },
    ...{ firstPageCpuMs: short(first.cpuMs, 3), firstPageMs: short(first.wallMs, 3), employees: EMPLOYEES },
  };
}
