import type { FuzzTarget } from './fuzz-target.js';

const CHUNK = 10_000;
/** Chunks after which what is kept has reached its bounds; memory is compared from there. */
const WARM_CHUNKS = 3;
/** Live heap may grow so much from the warm state to the end. */
const MAX_GROWTH_BYTES = 48_000_000;

/** What a run found. */
export interface FuzzResult {
  readonly cases: number;
  readonly seed: number;
  readonly failures: readonly string[];
  readonly seconds: number;
  /** Live heap at the warm state and at the end, megabytes. */
  readonly heapMb: readonly [number, number];
}

/** How a run is made; `beat` is called after every chunk, so that somebody may notice a hang. */
export interface FuzzRun {
  readonly cases: number;
  readonly seed: number;
  readonly beat?: (done: number) => void;
}

/** Runs a target chunk by chunk; every chunk has its own seed, which a failure names. */
export async function runCases(target: FuzzTarget, { cases, seed, beat }: FuzzRun): Promise<FuzzResult> {
  const session = await target.open(seed);
  const startMs = performance.now();
  const failures: string[] = [];
  let warmBytes = 0;
  let done = 0;
  for (let chunk = 0; done < cases && failures.length === 0; chunk += 1) {
    const count = Math.min(CHUNK, cases - done);
    failures.push(...(await session.run(count, seed + chunk)), ...(await session.probe()));
    done += count;
    if (chunk < WARM_CHUNKS) warmBytes = liveBytes();
    beat?.(done);
  }
  const endBytes = liveBytes();
  if (endBytes - warmBytes > MAX_GROWTH_BYTES) failures.push(`memory: live heap grew by ${endBytes - warmBytes} bytes`);
  await session.close();
  const seconds = (performance.now() - startMs) / 1000;
  return { cases: done, seed, failures, seconds, heapMb: [megabytes(warmBytes), megabytes(endBytes)] };
}

/** Heap in use after a collection, where the process may ask for one. */
function liveBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
