import type { EmulatorDefinition, RunningEmulator } from '@poligon/emulator-kit';
import { attribute, createCsr, signatureSuite } from '@poligon/pki';
import { defaultPopulation } from '@poligon/people';
import { startEmulator } from '@poligon/testing';
import { randomUUID, X509Certificate } from 'node:crypto';
import { Agent, getGlobalDispatcher, request, setGlobalDispatcher } from 'undici';
import { caUnepEmulator } from '../../services/ca-unep-emulator/src/app.module.js';
import { checkableSuites, Openssl } from '../../services/ca-unep-emulator/test/openssl.js';
import { EsiaWorld } from '../../services/esia-stub/test/esia-world.js';
import { InformationSystem, makeIdentity } from '../../services/esia-stub/test/information-system.js';
import { esiaStub } from '../../services/esia-stub/src/app.module.js';
import { smsGatewayStub } from '../../services/sms-gateway-stub/src/app.module.js';
import { Balancer } from './balancer.js';
import { OwnDatabase } from './own-database.js';
import { until } from './replica.js';

const { TEST_DATABASE_URL: server, TEST_KAFKA_BROKERS: brokers } = process.env;
const missing = server === undefined ? 'TEST_DATABASE_URL' : brokers === undefined ? 'TEST_KAFKA_BROKERS' : undefined;
const skipped = missing === undefined ? '' : ` [skipped: ${missing} names nothing]`;

/** Two replicas of one service, and both of them behind balancers. */
interface Pair {
  readonly first: RunningEmulator;
  readonly second: RunningEmulator;
  /** What a client sees: the addresses of the balancers. */
  readonly service: RunningEmulator;
  readonly close: () => Promise<void>;
}

async function pairOf<S extends EmulatorDefinition['settings']>(
  definition: EmulatorDefinition<S>,
  environment: Readonly<Record<string, string>>,
): Promise<Pair> {
  const first = await startEmulator(definition, environment);
  const second = await startEmulator(definition, environment);
  const protocol = await Balancer.open([first.protocolUrl, second.protocolUrl]);
  const admin = await Balancer.open([first.adminUrl, second.adminUrl]);
  return {
    first,
    second,
    service: { ...first, protocolUrl: protocol.url, adminUrl: admin.url },
    close: async () => {
      await Promise.all([protocol.close(), admin.close()]);
      await Promise.all([first.close(), second.close()]);
    },
  };
}

const metric = async ({ adminUrl }: RunningEmulator, name: string) =>
  Number(new RegExp(`^${name} (\\S+)`, 'm').exec(await (await request(`${adminUrl}/metrics`)).body.text())?.[1]);
const isConnected = async (replica: RunningEmulator) => (await metric(replica, 'poligon_bus_connected')) === 1;

const openssl = new Openssl();
const withOpenssl = checkableSuites().length > 0 ? it : it.skip;

(missing === undefined ? describe : describe.skip)(`two replicas on PostgreSQL and Kafka${skipped}`, () => {
  let database: OwnDatabase;
  let environment: Record<string, string>;
  let sms: Pair;
  let ca: Pair;
  let esia: Pair;
  const ordinary = getGlobalDispatcher();

  beforeAll(async () => {
    // No connection is used twice: every call may come to either replica.
    setGlobalDispatcher(new Agent({ pipelining: 0 }));
    database = await OwnDatabase.create(server!);
    environment = {
      DATABASE_URL: database.url,
      DB_MIGRATE_AT_START: 'true',
      KAFKA_BROKERS: brokers!,
      KAFKA_TOPIC_PREFIX: `test-${randomUUID().slice(0, 8)}`,
    };
    sms = await pairOf(smsGatewayStub, { ...environment, SMS_HANDSET_DELAY: '{"ms":0}' });
    ca = await pairOf(caUnepEmulator, {
      ...environment,
      CA_ISSUE_DELAY: '{"ms":0}',
      CA_KEY_POOL: '2',
      CA_SUITE: 'ecdsa-p256',
    });
    esia = await pairOf(esiaStub, environment);
    const all = [sms, ca, esia].flatMap(({ first, second }) => [first, second]);
    await until(async () => (await Promise.all(all.map(isConnected))).every(Boolean), 30_000);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([sms, ca, esia].map((pair) => pair?.close()));
    await database?.drop();
    setGlobalDispatcher(ordinary);
    openssl.close();
  }, 60_000);

  it('reads through one what was sent through the other, once-only texts included', async () => {
    const { protocolUrl, adminUrl } = sms.service;
    const send = async (number: number) => {
      const query = new URLSearchParams({
        login: 'poligon',
        psw: 'poligon',
        fmt: '3',
        phones: `7943${String(number).padStart(7, '0')}`,
        mes: `Code: ${1000 + number}`,
      });
      const reply = await request(`${protocolUrl}/sys/send.php?${query.toString()}`);
      return (await reply.body.json()) as { cnt?: number };
    };
    const numbers = Array.from({ length: 40 }, (_, at) => at);
    expect((await Promise.all(numbers.map(send))).map(({ cnt }) => cnt)).toEqual(numbers.map(() => 1));
    const read = async (number: number, door: string) => {
      const phone = `7943${String(number).padStart(7, '0')}`;
      const reply = await request(`${door}/__admin/inbox/wait?phone=${phone}&timeoutMs=5000`);
      return (await reply.body.json()) as { message?: { text: string } };
    };
    const texts = await Promise.all(numbers.map((number) => read(number, adminUrl)));
    expect(texts.map(({ message }) => message?.text)).toEqual(numbers.map((number) => `Code: ${1000 + number}`));
    const sentByFirst = await metric(sms.first, 'poligon_exchange_duration_seconds_count\\{operation="smsc.send"\\}');
    expect(sentByFirst).toBeGreaterThan(5);
    expect(sentByFirst).toBeLessThan(35);
  });

  it('wakes a reader that waits at one for a text that comes to the other', async () => {
    const phone = '79439990001';
    const reading = request(`${sms.second.adminUrl}/__admin/inbox/wait?phone=${phone}&timeoutMs=20000`);
    await request(
      `${sms.first.protocolUrl}/sys/send.php?login=poligon&psw=poligon&fmt=3&phones=${phone}&mes=Code:%204321`,
    );
    expect(await (await reading).body.json()).toMatchObject({ message: { text: 'Code: 4321' } });
  });

  it('applies at one what was set at the other, within a second', async () => {
    const rule = { fault: 'status', operations: ['smsc.balance'], options: { status: 503 } };
    const status = async () =>
      (await request(`${sms.second.protocolUrl}/sys/balance.php?login=poligon&psw=poligon`)).statusCode;
    const delays: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const headers = { 'content-type': 'application/json' };
      const set = await request(`${sms.first.adminUrl}/__admin/faults/down`, {
        ...{ method: 'PUT', headers, body: JSON.stringify(rule) },
      });
      expect([set.statusCode, set.statusCode === 200 ? '' : await set.body.text()]).toEqual([200, '']);
      delays.push(await until(async () => (await status()) === 503, 5000));
      await request(`${sms.first.adminUrl}/__admin/faults/down`, { method: 'DELETE' });
      delays.push(await until(async () => (await status()) === 200, 5000));
    }
    process.stdout.write(`  a rule of A at B: ${Math.max(...delays).toFixed(0)} ms at most of 10 changes\n`);
    expect(Math.max(...delays)).toBeLessThan(1000);
  });

  withOpenssl('knows at the OCSP of one the certificates, and the revocations, of the other', async () => {
    const csr = createCsr(signatureSuite('ecdsa-p256').generateKeyPair(), [attribute('CN', 'Иванов')]);
    const headers = {
      authorization: `Basic ${Buffer.from('poligon:poligon').toString('base64')}`,
      'content-type': 'application/pkcs10',
    };
    const issued = await request(`${ca.first.protocolUrl}/pkcs10`, { method: 'POST', body: csr, headers });
    const text = await issued.body.text();
    const chain = await (await request(`${ca.second.adminUrl}/__admin/ca/chain.pem`)).body.text();
    const leaf = openssl.file('leaf.pem', text);
    const issuer = openssl.file('issuer.pem', chain.split(/(?<=-----END CERTIFICATE-----\n)/)[0]!);
    const all = openssl.file('chain.pem', chain);
    const ask = async ({ protocolUrl }: RunningEmulator) => {
      const url = `${protocolUrl}/ocsp/ocsp.srf`;
      return (await openssl.run('ocsp', '-issuer', issuer, '-cert', leaf, '-CAfile', all, '-url', url)).output;
    };
    expect(await ask(ca.second)).toMatch(/leaf\.pem: good[^]*Response verify OK|Response verify OK[^]*leaf\.pem: good/);
    const serial = new X509Certificate(text).serialNumber;
    const revoked = await request(`${ca.first.adminUrl}/__admin/certificates/${serial}/revoke`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"keyCompromise"}' },
    });
    expect(revoked.statusCode).toBeLessThan(300);
    const tookMs = await until(async () => (await ask(ca.second)).includes('leaf.pem: revoked'), 5000);
    process.stdout.write(`  a revocation at A known to the OCSP of B after ${tookMs.toFixed(0)} ms\n`);
  });

  it('redeems at one, once and only once, a code that the other gave', async () => {
    const { first, second } = esia;
    const world = new EsiaWorld(esia.service);
    const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
    await world.register(system);
    const person = defaultPopulation.person(42);
    for (let round = 0; round < 5; round += 1) {
      const code = (await world.walk(system.authorization(), person.snils)).get('code')!;
      const form = system.codeForm(code);
      const doors = [first, second, first, second].map((replica) => new EsiaWorld(replica));
      const replies = await Promise.all(doors.map((door) => door.te(form)));
      expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    }
  });
});
