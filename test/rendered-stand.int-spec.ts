import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ofKind, render, withHelm, type Manifest } from './helm/chart.js';
import { LocalCluster } from './helm/local-cluster.js';
import { OwnDatabase } from './replicas/own-database.js';

const { TEST_DATABASE_URL: server, TEST_KAFKA_BROKERS: brokers } = process.env;
const missing = server === undefined ? 'TEST_DATABASE_URL' : brokers === undefined ? 'TEST_KAFKA_BROKERS' : undefined;
const skipped = missing === undefined ? '' : ` [skipped: ${missing} names nothing]`;

const endingWith = (manifests: readonly Manifest[], kind: string, ending: string) =>
  ofKind(manifests, kind).find(({ metadata }) => metadata.name.endsWith(ending))!;

withHelm(`what values-stand renders, run on this machine with PostgreSQL and Kafka${skipped}`, () => {
  (missing === undefined ? it : it.skip)(
    'becomes ready, registers HRLink at ESIA and passes the smoke plan',
    async () => {
      const runs = mkdtempSync(join(tmpdir(), 'poligon-rendered-'));
      const database = await OwnDatabase.create(server!);
      const manifests = render({ kafka: { topicPrefix: `test-${randomUUID().slice(0, 8)}` } }, { file: 'stand' });
      const cluster = await LocalCluster.of(manifests, { databaseUrl: database.url, brokers: brokers! });
      try {
        await cluster.startDeployments();
        const registration = await cluster.runToEnd(endingWith(manifests, 'Job', 'registration'));
        expect(registration).toEqual({ code: 0, output: 'registered\n' });
        const smoke = await cluster.runToEnd(endingWith(manifests, 'Pod', 'smoke'), { '/runs': runs });
        expect([smoke.code, smoke.code === 0 ? '' : smoke.output]).toEqual([0, '']);
        expect(readdirSync(runs)).toHaveLength(1);
        process.stdout.write(`${smoke.output.split('\n').slice(-14).join('\n')}\n`);
      } finally {
        await cluster.stop();
        await database.drop();
        rmSync(runs, { recursive: true, force: true });
      }
    },
    400_000,
  );
});
