import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { FixedCourse } from '../src/engine/course.js';
import { LoadEngine } from '../src/engine/load-engine.js';
import { LocalCrew } from '../src/engine/local-crew.js';
import { layOut } from '../src/engine/timeline.js';
import { SystemClock } from '../src/runtime/system-clock.js';

const RUN_MS = 4500;
const PAUSE_MS = 2000;

/** A server that answers at once, except for one pause in the middle of the run during which it answers nobody. */
async function pausingServer(startAt: number, clock: SystemClock) {
  const server = createServer((_request, response) => {
    const sincePause = clock.now() - (startAt + RUN_MS / 3);
    const waitMs = sincePause >= 0 && sincePause < PAUSE_MS ? PAUSE_MS - sincePause : 0;
    setTimeout(() => response.end('ok'), waitMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a pause of the system under test', () => {
  it('of two seconds is in p95 and p99 of the operations planned during it, and touches one request per worker of a closed loop', async () => {
    const clock = new SystemClock();
    const startAt = clock.now() + 100;
    const { server, url } = await pausingServer(startAt, clock);
    const pool = new Pool(url, { connections: 200 });
    const get = async () => {
      const { body } = await pool.request({ path: '/', method: 'GET' });
      await body.dump();
    };
    const isSlow = (latencyMs: number) => latencyMs > PAUSE_MS / 2;
    const slow = { closed: 0, open: 0 };
    const during: number[] = [];
    const closedLoop = async () => {
      await clock.sleep(startAt - clock.now());
      while (clock.now() < startAt + RUN_MS) {
        const from = clock.now();
        await get();
        if (isSlow(clock.now() - from)) slow.closed += 1;
        await clock.sleep(5);
      }
    };
    const crew = new LocalCrew({
      clock,
      seed: 's',
      rates: [{ operation: 'get', perHour: 3_600_000 * 0.1 }],
      startAt,
      maxInFlight: 1000,
      execute: async () => {
        await get();
        return {};
      },
      sink: {
        write: ({ planned, completed }) => {
          const sincePause = planned - (startAt + RUN_MS / 3);
          if (sincePause >= 0 && sincePause < PAUSE_MS) during.push(completed! - planned);
          if (isSlow(completed! - planned)) slow.open += 1;
        },
      },
      probe: () => ({ read: () => ({ cpuPercent: 0, eventLoopUtilisation: 0, rssMb: 0 }) }),
    });
    const engine = new LoadEngine({
      ...{ clock, crew, startAt, drainMs: 10_000 },
      course: new FixedCourse(layOut([{ levelPercent: 100, rampMs: 0, holdMs: RUN_MS, settleMs: 0 }], 100)),
      signal: new AbortController().signal,
    });
    const [result] = await Promise.all([engine.run(), closedLoop(), closedLoop()]);
    const open = result.cells[0]!;
    await pool.destroy();
    server.closeAllConnections();
    server.close();
    expect(open.counts).toEqual({ ok: 450, failed: 0, dropped: 0, lost: 0 });
    expect(open.fromPlan.percentile(95)!).toBeGreaterThan(PAUSE_MS / 2);
    during.sort((a, b) => a - b);
    const percentile = (percent: number) => during[Math.ceil((percent / 100) * during.length) - 1]!;
    // Planned evenly over the pause, operations wait what is left of it: the later ones less.
    expect(percentile(99)).toBeGreaterThan(PAUSE_MS * 0.95);
    expect(percentile(95)).toBeGreaterThan(PAUSE_MS * 0.9);
    expect(percentile(50)).toBeGreaterThan(PAUSE_MS * 0.4);
    expect(slow.open).toBeGreaterThan(slow.closed * 3);
  });
});
