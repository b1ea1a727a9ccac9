import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { request } from 'undici';
import { ended, startStand } from '../../../test/stand-process.js';
import type { Descriptor } from '../../../test/stand-process.js';
import type { Finding } from '../../src/analysis/finding.js';
import { RunFolder } from '../../src/run-folder/run-folder.js';
import { runLoad } from '../../src/run-load.js';

const DATABASE_URL = process.env['TEST_DATABASE_URL'];
/** Wide pools: nothing but what is planted is in the way. */
const POOLS = Object.fromEntries(
  ['read', 'write', 'upload', 'convert', 'bulkItem', 'send', 'sign', 'stamp', 'nqes'].map((name) => [
    name,
    { workers: 200, serviceMs: 5 },
  ]),
);
const PLAN = `name: planted
steps:
  - { level: 50, ramp: 2s, hold: 12s, settle: 2s }
  - { level: 400, ramp: 2s, hold: 16s, settle: 2s }
drain: 15s
`;
const PROFILE = `name: planted
accuracyLimitPercent: 90
operations:
  send-document: { perHour: 7200, sla: { percentile: 95, limit: 3s } }
  sign-unep: { perHour: 3600, sla: { percentile: 95, limit: 4s } }
data: { signers: 6, pdfKilobytes: 2, signatureSampleShare: 0 }
timing: { pollInterval: 250ms, pollTimeout: 60s, otpTimeout: 20s }
`;
const CALM = { hasIndex: true, connections: 10, holdMs: 0, counterHoldMs: 0, convertCpuMs: 0 };

interface Plant {
  name: string;
  work?: Partial<typeof CALM>;
  rules?: { service: string; rules: object[] };
  kind: Finding['kind'];
  subject: RegExp;
}

const PLANTS: Plant[] = [
  {
    name: 'slow SQL without an index',
    work: { hasIndex: false },
    kind: 'slow-statement',
    subject: /hrlink_work\.documents where external_id/,
  },
  {
    name: 'an exhausted connection pool',
    work: { connections: 2, holdMs: 250 },
    kind: 'connection-pool',
    subject: /hrlink/,
  },
  {
    name: 'a conversion bound by the processor',
    work: { convertCpuMs: 250 },
    kind: 'cpu',
    subject: /hrlink: conversion/,
  },
  {
    name: 'lock contention',
    work: { counterHoldMs: 300 },
    kind: 'lock-contention',
    subject: /update hrlink_work\.counters/,
  },
  {
    name: 'throttling at the SMS gateway',
    rules: {
      service: 'sms-gateway-stub',
      rules: [
        { id: 'throttle', fault: 'rate-limit', operations: ['smsc.send'], options: { perSecond: 0.8, status: 429 } },
      ],
    },
    kind: 'neighbour-refuses',
    subject: /^sms$/,
  },
  // Last: signatures that wait at the authority go on after the run.
  {
    name: 'a slow certification authority',
    rules: {
      service: 'ca-unep-emulator',
      rules: [
        {
          id: 'slow',
          fault: 'latency',
          operations: ['astral.*', 'kontur.*'],
          options: { distribution: 'fixed', ms: 400 },
        },
        {
          id: 'one-desk',
          fault: 'concurrency-limit',
          operations: ['astral.*', 'kontur.*'],
          options: { slots: 1, queue: 10_000, queueTimeoutMs: 60_000 },
        },
      ],
    },
    kind: 'neighbour-slow',
    subject: /^ca$/,
  },
];

if (DATABASE_URL === undefined) {
  it.skip('planted bottlenecks [skipped: TEST_DATABASE_URL is not set]', () => undefined);
} else {
  describe('the top finding names the planted bottleneck', () => {
    const folder = mkdtempSync(join(tmpdir(), 'planted-'));
    const database = `planted_${process.pid}`;
    const databaseUrl = Object.assign(new URL(DATABASE_URL), { pathname: `/${database}` }).href;
    let child: ChildProcess | undefined;
    let stand: Descriptor;

    const call = async (service: string, method: 'PUT' | 'DELETE', path: string, body?: unknown) => {
      const answer = await request(`${stand.addresses[service]!.adminUrl}/__admin/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${service} ${path}: ${answer.statusCode} ${text}`);
    };
    const plant = async ({ work, rules }: Plant) => {
      if (work) await call('hrlink-reference', 'PUT', 'work', work);
      if (rules) await call(rules.service, 'PUT', 'faults', { rules: rules.rules });
    };
    const weed = async ({ work, rules }: Plant) => {
      if (work) await call('hrlink-reference', 'PUT', 'work', CALM);
      if (rules) await call(rules.service, 'DELETE', 'faults');
      while ((await backlog()) > 0) await new Promise((resolve) => setTimeout(resolve, 500));
    };
    /** Work the last run has left behind: it would be load of the next one. */
    const backlog = async (): Promise<number> => {
      const answer = await request(`${stand.addresses['hrlink-reference']!.adminUrl}/__admin/balance`);
      const { kinds } = (await answer.body.json()) as { kinds: Record<string, { pending: number }> };
      return kinds['conversion']!.pending + kinds['send']!.pending;
    };

    beforeAll(async () => {
      const client = new pg.Client({ connectionString: DATABASE_URL });
      await client.connect();
      await client.query(`create database ${database}`);
      await client.end();
      const own = new pg.Client({ connectionString: databaseUrl });
      await own.connect();
      await own.query('create extension if not exists pg_stat_statements');
      await own.end();
      const environment = {
        HRLINK_WORK_DATABASE_URL: databaseUrl,
        HRLINK_WORK_ROWS: '20000',
        HRLINK_POOLS: JSON.stringify(POOLS),
        HRLINK_CONVERT_PER_MB_MS: '0',
        HRLINK_NOTICES: 'false',
        HRLINK_CA_POLL_MS: '500',
        STAND_STATE: 'memory',
        STAND_OTLP_PORT: '0',
      };
      const started = await startStand(folder, environment, (process) => (child = process));
      stand = started.descriptor;
      // Enough to read from end to end; made here because a service has a minute to be ready.
      const filler = new pg.Client({ connectionString: databaseUrl });
      await filler.connect();
      await filler.query(
        `insert into hrlink_work.documents (external_id, state, body) select 'more-' || i, 'sent', repeat('x', 400) from generate_series(1, 230000) i`,
      );
      await filler.end();
      writeFileSync(join(folder, 'plan.yaml'), PLAN);
      writeFileSync(join(folder, 'profile.yaml'), PROFILE);
      const metrics = `${stand.addresses['hrlink-reference']!.adminUrl}/metrics`;
      writeFileSync(
        join(folder, 'observers.yaml'),
        `postgres: { url: '${databaseUrl}', application: 'hrlink-reference' }\nmetrics: [{ name: hrlink, url: '${metrics}', every: 1s }]\n`,
      );
    }, 180_000);

    afterAll(async () => {
      if (child) {
        child.kill('SIGTERM');
        await ended(child);
      }
      const client = new pg.Client({ connectionString: DATABASE_URL });
      await client.connect();
      await client.query(`drop database if exists ${database} with (force)`);
      await client.end();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    it.each(PLANTS)(
      '$name',
      async (planted) => {
        let planting: Promise<void> | undefined;
        const result = await runLoad({
          plan: join(folder, 'plan.yaml'),
          profile: join(folder, 'profile.yaml'),
          observers: join(folder, 'observers.yaml'),
          hrlink: stand.addresses['hrlink-reference']!.protocolUrl,
          smsAdmin: stand.addresses['sms-gateway-stub']!.adminUrl,
          admins: [{ name: 'ca', url: stand.addresses['ca-unep-emulator']!.adminUrl }],
          token: stand.apiToken,
          out: join(folder, planted.kind),
          onProgress: (event) => {
            // Planted once the data is there: the preparation is not what is looked at.
            if (event.kind === 'load') planting ??= plant(planted);
          },
        });
        await planting;
        await weed(planted);
        const { findings, focus, observers } = new RunFolder(result.folder).read('analysis.json');
        const ranked = findings.map(({ kind, subject, score }) => `${(score * 100).toFixed(0)} % ${kind} ${subject}`);
        process.stdout.write(`${planted.name}: step ${focus?.step}\n  ${ranked.join('\n  ')}\n`);
        expect(observers.filter(({ state }) => state === 'failed')).toEqual([]);
        expect(findings[0]).toMatchObject({ kind: planted.kind, subject: expect.stringMatching(planted.subject) });
      },
      240_000,
    );
  });
}
