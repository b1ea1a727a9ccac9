import { connect, type Socket } from 'node:net';
import { request } from 'undici';
import type { Bench } from '../harness/bench.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { smppLoad } from '../harness/smpp-load.js';
import { short } from '../harness/statistics.js';

const SESSIONS = 10_000;
const MESSAGES = 1_000_000;
/** The gateway must stay below this with everything it keeps, megabytes. */
const CEILING_MB = 2500;
/** With everything at its limits, as many messages again may add no more than this share. */
const MAX_GROWTH = 1.15;
const BATCH = 500;

/** Memory of ten thousand open sessions and of a million messages, and that it stays there. */
export const smppMemory: Bench = {
  name: 'smpp-memory',
  about: `${SESSIONS} open SMPP sessions, then ${MESSAGES} messages in the inbox: memory and its bound`,
  defaults: { rounds: 1, seconds: 5 },
  async run({ log, seconds }) {
    const server = await ProcessUnderTest.own('gateway', 'sms-gateway', [String(MESSAGES)]);
    const sockets: Socket[] = [];
    try {
      const idleMb = rssMb(server);
      while (sockets.length < SESSIONS) sockets.push(...(await openBatch(server.port)));
      const openMb = rssMb(server);
      log(`idle ${idleMb} MB; ${sockets.length} sessions ${openMb} MB`);
      for (const socket of sockets) socket.destroy();
      await fill(server, 2 * MESSAGES, seconds);
      const fullMb = rssMb(server);
      await fill(server, 4 * MESSAGES, seconds);
      const againMb = rssMb(server);
      const kept = await stats(server);
      log(
        `${kept.last} texts received, ${kept.kept} kept: ${fullMb} MB after twice the limit, ${againMb} MB after four times`,
      );
      const growth = short(againMb / fullMb, 3);
      const holds = Math.max(fullMb, againMb) <= CEILING_MB && growth <= MAX_GROWTH && sockets.length >= SESSIONS;
      const perSessionKb = short(((openMb - idleMb) * 1000) / sockets.length, 3);
      return {
        bench: 'smpp-memory',
        ratio: short(CEILING_MB / againMb, 3),
        floor: 1,
        holds,
        ours: againMb,
        reference: CEILING_MB,
        idleMb,
        openMb,
        perSessionKb,
        fullMb,
        growth,
        kept: kept.kept,
      };
    } finally {
      for (const socket of sockets) socket.destroy();
      await server.stop();
    }
  },
};

const rssMb = (server: ProcessUnderTest): number => Math.round(server.rssBytes() / 1e6);

function openBatch(port: number): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: BATCH },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1' });
          socket.once('error', reject);
          socket.once('data', () => resolve(socket));
          socket.once('connect', () => socket.write(BIND));
        }),
    ),
  );
}

const BODY = Buffer.from('poligon\0poligon\0\0\x34\0\0\0', 'latin1');
const BIND = Buffer.concat([Buffer.of(0, 0, 0, 16 + BODY.length, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1), BODY]);

/** Sends to many phones until so many texts have arrived. */
async function fill(server: ProcessUnderTest, texts: number, seconds: number): Promise<void> {
  while ((await stats(server)).last < texts) {
    await smppLoad(server.port, { connections: 4, window: 100, seconds, hasReceipts: true, phones: 200_000 });
  }
}

async function stats(server: ProcessUnderTest): Promise<{ last: number; kept: number }> {
  const reply = await request(`${server.ready['adminUrl'] as string}/__admin/inbox/stats`);
  return (await reply.body.json()) as { last: number; kept: number };
}
