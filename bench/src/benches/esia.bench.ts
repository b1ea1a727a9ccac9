import { signatureSuite, type SuiteId } from '@poligon/pki';
import { defaultPopulation as population } from '@poligon/people';
import Table from 'cli-table3';
import type { Bench } from '../harness/bench.js';
import { EsiaClient } from '../harness/esia-client.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { median, short } from '../harness/statistics.js';

const CONNECTIONS = 8;
/** Part of the CPU that must go to cryptography: the rest is what the emulator adds. */
const FLOOR = 0.3;
const PEOPLE = 10_000;
/** Operations whose mean is taken. */
const SAMPLES = 300;
/** About the size of what a token's signature covers. */
const TOKEN = Buffer.alloc(700, 'x');

/** The cryptography of one login, and how often each piece is done. */
const PIECES: readonly {
  readonly name: string;
  readonly times: number;
  readonly suite: SuiteId;
  readonly isSigning: boolean;
}[] = [
  { name: 'GOST verification of client_secret (ac, te)', times: 2, suite: 'gost2012-256', isSigning: false },
  { name: 'RSA signing (code, access token, id_token)', times: 3, suite: 'rsa-2048', isSigning: true },
  { name: 'RSA verification of the access token', times: 1, suite: 'rsa-2048', isSigning: false },
];

/** Whole logins of generation 3 beside the bare cryptography they need. */
export const esia: Bench = {
  name: 'esia',
  about: 'logins (ac, page, te, person) per CPU-second of one core, and the share of signatures in them',
  defaults: { rounds: 5, seconds: 4 },
  async run({ rounds, seconds, log }) {
    const server = await ProcessUnderTest.own('esia-stub', 'esia');
    const client = new EsiaClient(server.port, CONNECTIONS);
    try {
      await client.register(String(server.ready['adminUrl']));
      const measured: Measured[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const one = { ...(await measure(server, client, seconds)), piecesMs: PIECES.map(cpuMsOf) };
        // The first round warms everybody up.
        if (round > 0) measured.push(one);
        log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
      }
      return verdict(measured, log);
    } finally {
      await client.close();
      await server.stop();
    }
  },
};

interface Measured {
  readonly perCpuSecond: number;
  readonly perSecond: number;
  /** CPU of each piece in one login. */
  readonly piecesMs: readonly number[];
}

async function measure(server: ProcessUnderTest, client: EsiaClient, seconds: number) {
  const [startMs, startCpu] = [performance.now(), server.cpuSeconds()];
  let logins = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < startMs + seconds * 1000) {
      const { phone, esiaOid } = population.person((logins += 1) % PEOPLE);
      await client.login(phone, esiaOid);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const cpu = server.cpuSeconds() - startCpu;
  return { perCpuSecond: logins / cpu, perSecond: (logins * 1000) / (performance.now() - startMs) };
}

function cpuMsOf({ suite: id, isSigning, times }: (typeof PIECES)[number]): number {
  const keyPair = signatureSuite(id).generateKeyPair();
  const signature = keyPair.sign(TOKEN);
  const before = process.cpuUsage();
  for (let at = 0; at < SAMPLES; at += 1) {
    if (isSigning) keyPair.sign(TOKEN);
    else keyPair.owner.verify(keyPair.spki, TOKEN, signature);
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / SAMPLES) * times;
}

function verdict(measured: readonly Measured[], log: (line: string) => void) {
  const ours = median(measured.map(({ perCpuSecond }) => perCpuSecond));
  const perSecond = median(measured.map((one) => one.perSecond));
  const loginMs = 1000 / ours;
  const table = new Table({ head: ['part of a login', 'CPU ms', 'share'] });
  const piecesMs = PIECES.map((_, at) => median(measured.map((one) => one.piecesMs[at]!)));
  PIECES.forEach(({ name, times }, at) => {
    table.push([`${times} x ${name}`, short(piecesMs[at]!, 3), `${Math.round((piecesMs[at]! / loginMs) * 100)} %`]);
  });
  const cryptoMs = piecesMs.reduce((sum, ms) => sum + ms, 0);
  table.push(['everything else', short(loginMs - cryptoMs, 3), `${Math.round((1 - cryptoMs / loginMs) * 100)} %`]);
  log(table.toString());
  log(`${short(ours)} logins per CPU-second, ${short(perSecond)} per second with ${CONNECTIONS} connections`);
  const ratio = short(cryptoMs / loginMs, 3);
  const [verifyMs, signMs] = [piecesMs[0]! + piecesMs[2]!, piecesMs[1]!];
  return {
    bench: 'esia',
    ratio,
    floor: FLOOR,
    holds: ratio >= FLOOR,
    ours: short(ours),
    reference: short(1000 / cryptoMs),
    loginsPerSecond: short(perSecond),
    verificationShare: short(verifyMs / loginMs, 3),
    signingShare: short(signMs / loginMs, 3),
  };
}
