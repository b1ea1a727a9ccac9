import { openConnections, type RawConnection, type RawReply } from './raw-connection.js';

/** One call of an open load. */
export interface OpenCall {
  readonly sentMs: number;
  readonly reply: RawReply | undefined;
}

/** How an open load is made: calls leave at a rate, whatever became of the earlier ones. */
export interface OpenLoadOptions {
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly request: Buffer;
  readonly onCall?: (call: OpenCall) => void;
}

/** What an open load did. `starved` calls found no free connection and were not sent. */
export interface OpenLoad {
  readonly calls: readonly OpenCall[];
  readonly starved: number;
}

/** Sends calls at a steady rate from a 1 ms tick over keep-alive connections. */
export async function openLoad(port: number, options: OpenLoadOptions): Promise<OpenLoad> {
  const free = await openConnections(port, options.connections);
  const all = [...free];
  const calls: OpenCall[] = [];
  const pending: Promise<void>[] = [];
  let starved = 0;
  const launch = () => {
    // The longest idle first: a connection that idles on is closed by the server, rightly, and its next call would fail.
    const connection = free.shift();
    if (connection === undefined) starved += 1;
    else pending.push(call(connection, { options, calls, free }));
  };
  await ticks(options, launch);
  await Promise.all(pending);
  for (const connection of all) connection.close();
  return { calls, starved };
}

function ticks({ perSecond, seconds }: OpenLoadOptions, launch: () => void): Promise<void> {
  const startMs = performance.now();
  const total = perSecond * seconds;
  let launched = 0;
  return new Promise((resolve) => {
    const tick = () => {
      const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * perSecond));
      while (launched < due) {
        launched += 1;
        launch();
      }
      if (launched < total) setTimeout(tick, 1);
      else resolve();
    };
    tick();
  });
}

async function call(
  connection: RawConnection,
  { options, calls, free }: { options: OpenLoadOptions; calls: OpenCall[]; free: RawConnection[] },
): Promise<void> {
  const sentMs = performance.now();
  const reply = await connection.send(options.request).catch(() => undefined);
  const done = { sentMs, reply };
  calls.push(done);
  options.onCall?.(done);
  if (reply !== undefined) free.push(connection);
}
