import { defaultPopulation as people } from '@poligon/people';
import { Pool } from 'undici';
import type { Bench } from '../harness/bench.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { median, short } from '../harness/statistics.js';

/** A virtual employee must not wait longer for a code that is there. */
const CEILING_MS = 5;
const SAMPLES_PER_ROUND = 400;

/** Time from the reply that accepts a one-time code to the answer of the reader who waits for it. */
export const otp: Bench = {
  name: 'otp',
  about:
    'milliseconds from the acceptance of a code by HTTP to the answer of the inbox reader that waits for it, latency zero',
  defaults: { rounds: 5, seconds: 0 },
  async run({ rounds, log }) {
    const server = await ProcessUnderTest.own('gateway', 'sms-gateway', ['200000', '0']);
    const gateway = new Pool(String(server.ready['httpUrl']), { connections: 1 });
    const admin = new Pool(String(server.ready['adminUrl']), { connections: 1 });
    const waited: number[][] = [];
    try {
      for (let round = 0; round <= rounds; round += 1) {
        const samples: number[] = [];
        for (let at = 0; at < SAMPLES_PER_ROUND; at += 1) {
          samples.push(await once({ gateway, admin }, people.phoneOf(round * SAMPLES_PER_ROUND + at)));
        }
        // The first round warms everybody up.
        if (round > 0) waited.push(samples.sort((left, right) => left - right));
        log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
      }
    } finally {
      await Promise.all([gateway.close(), admin.close()]);
      await server.stop();
    }
    const percentile = (share: number) =>
      short(median(waited.map((samples) => samples[Math.floor(samples.length * share)]!)), 3);
    const p50Ms = percentile(0.5);
    log(`p50 ${p50Ms} ms, p95 ${percentile(0.95)} ms, p99 ${percentile(0.99)} ms`);
    return {
      bench: 'otp',
      ratio: short(CEILING_MS / p50Ms, 3),
      floor: 1,
      holds: p50Ms <= CEILING_MS,
      ours: p50Ms,
      reference: CEILING_MS,
      p95Ms: percentile(0.95),
      p99Ms: percentile(0.99),
    };
  },
};

async function once({ gateway, admin }: Record<'gateway' | 'admin', Pool>, phone: string): Promise<number> {
  const path = `/__admin/inbox/wait?phone=${phone}&timeoutMs=5000&consume=true`;
  let answeredMs = 0;
  const waiting = admin.request({ path, method: 'GET' }).then(async ({ statusCode, body }) => {
    await body.dump();
    answeredMs = performance.now();
    if (statusCode !== 200) throw new Error(`the reader was answered ${statusCode}`);
  });
  const sent = await gateway.request({
    path: `/sys/send.php?login=poligon&psw=poligon&charset=utf-8&fmt=3&phones=${phone}&mes=Code:%201234`,
    method: 'GET',
  });
  const acceptedMs = performance.now();
  await sent.body.dump();
  await waiting;
  return Math.max(0, answeredMs - acceptedMs);
}
