import { openConnections, type RawConnection } from './raw-connection.js';

/** What a closed load did: every connection sends its next request when the answer to the last one is there. */
export interface ClosedLoad {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  /** Ascending. */
  readonly latenciesMs: Float64Array;
}

/** Runs a closed load for `seconds`. `request`: the same bytes every time, or what makes the next ones. */
export async function closedLoad(
  port: number,
  {
    connections,
    seconds,
    request,
  }: { readonly connections: number; readonly seconds: number; readonly request: Buffer | (() => Buffer) },
): Promise<ClosedLoad> {
  const open = await openConnections(port, connections);
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  const latencies: number[] = [];
  const next = typeof request === 'function' ? request : () => request;
  const stopSpinning = spin();
  const counted = await Promise.all(open.map((connection) => worker(connection, { next, endMs, latencies })));
  stopSpinning();
  const took = (performance.now() - startMs) / 1000;
  for (const connection of open) connection.close();
  const failures = counted.reduce((sum, failed) => sum + failed, 0);
  return { requests: latencies.length, failures, seconds: took, latenciesMs: Float64Array.from(latencies).sort() };
}

/**
 * Keeps this process from sleeping. A reply to a sleeping process has to wake its core, and the kernel charges that to the server: the
 * slower server would pay it more often and look slower still.
 */
function spin(): () => void {
  let isSpinning = true;
  const turn = () => void (isSpinning && setImmediate(turn));
  turn();
  return () => void (isSpinning = false);
}

async function worker(
  connection: RawConnection,
  { next, endMs, latencies }: { readonly next: () => Buffer; readonly endMs: number; readonly latencies: number[] },
): Promise<number> {
  let failures = 0;
  for (let nowMs = performance.now(); nowMs < endMs; nowMs = performance.now()) {
    try {
      const { atMs, status } = await connection.send(next());
      if (status === 200) latencies.push(atMs - nowMs);
      else failures += 1;
    } catch {
      // A connection that breaks sends nothing more.
      return failures + 1;
    }
  }
  return failures;
}
