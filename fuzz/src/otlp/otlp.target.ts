import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { OtlpReceiver } from '../../../load/src/tracing/otlp-receiver.js';
import { STORE_LIMITS, TraceStore } from '../../../load/src/tracing/trace-store.js';
import type { TraceSpan } from '../../../load/src/tracing/trace-span.js';
import type { FuzzSession, FuzzTarget } from '../fuzz-target.js';
import { HONEST_PREFIX, HonestSender } from './honest-sender.js';
import { otlpCase, type OtlpCase } from './otlp-cases.js';
import { RawClient, type RawReply } from './raw-client.js';

const LIMITS = { maxBodyBytes: 200_000, maxUnpackedBytes: 1_000_000, maxOpenBytes: 2_000_000 };
/** Small, so that every bound is met. */
const KEPT = { ...STORE_LIMITS, maxOpenSpans: 2000 };
const LANES = 8;
/** Cases of one draw: what waits in memory. */
const DRAWN = 400;
/** Cases between two honest requests. */
const HONEST_EVERY = 10;
/** What the receiver, or HTTP below it, may say to a stranger. */
const ANSWERS = new Set([200, 400, 404, 405, 408, 413, 415, 417, 429, 431]);
/** Longest silence after a request that is whole. */
const SILENCE_MS = 60_000;
const TICK_MS = 1000;

/** A receiver with the store behind it, and the senders. */
class OtlpRun implements FuzzSession {
  private readonly arrived = new Map<string, number>();
  private readonly store = new TraceStore(KEPT);
  private nowMs = 1_700_000_000_000;
  private readonly receiver = new OtlpReceiver({
    host: '127.0.0.1',
    port: 0,
    limits: LIMITS,
    onSpans: (spans) => this.take(spans),
  });
  private lanes: RawClient[] = [];
  private honest!: HonestSender;

  async start(): Promise<this> {
    const port = Number(new URL(await this.receiver.start()).port);
    this.lanes = Array.from({ length: LANES }, () => new RawClient(port));
    this.honest = new HonestSender(port);
    return this;
  }

  async run(cases: number, seed: number): Promise<readonly string[]> {
    for (let done = 0; done < cases; done += DRAWN) {
      const drawn = fc.sample(otlpCase, { numRuns: Math.min(DRAWN, cases - done), seed: seed * 1000 + done / DRAWN });
      const failures = await this.runAll(drawn);
      if (failures.length > 0) return failures.map((line) => `seed ${seed}, cases from ${done}: ${line}`);
    }
    return [];
  }

  /** Everything that was good is there, once; what strangers left half said holds nothing back. */
  async probe(): Promise<readonly string[]> {
    const failures: string[] = [];
    const problem = await this.honest.send();
    if (problem !== undefined) failures.push(problem);
    for (const name of this.honest.sent) {
      const times = this.arrived.get(name) ?? 0;
      if (times !== 1) failures.push(`span ${name} arrived ${times} times`);
    }
    const broken = this.receiver.counts.refused['500'];
    if (broken !== undefined) failures.push(`${broken} requests ended in an error of the receiver itself`);
    this.honest.sent.clear();
    this.arrived.clear();
    return failures.slice(0, 5);
  }

  async close(): Promise<void> {
    this.honest.close();
    for (const lane of this.lanes) lane.drop();
    await this.receiver.stop();
    this.store.finish();
  }

  private async runAll(drawn: readonly OtlpCase[]): Promise<string[]> {
    const failures: string[] = [];
    let next = 0;
    const work = async (lane: RawClient) => {
      while (next < drawn.length && failures.length === 0) {
        const at = next;
        next += 1;
        const problem = await problemOf(lane, drawn[at]!);
        if (problem !== undefined) failures.push(problem);
        const dishonest = at % HONEST_EVERY === 0 ? await this.oneHonest() : undefined;
        if (dishonest !== undefined) failures.push(dishonest);
      }
    };
    await Promise.all(this.lanes.map(work));
    return failures;
  }

  /** Honest requests come one after another, as an exporter's do. */
  private turn: Promise<unknown> = Promise.resolve();

  private oneHonest(): Promise<string | undefined> {
    const sent = this.turn.then(() => this.honest.send());
    this.turn = sent;
    return sent;
  }

  private take(spans: readonly TraceSpan[]): void {
    for (const { name } of spans) {
      if (name.startsWith(HONEST_PREFIX)) this.arrived.set(name, (this.arrived.get(name) ?? 0) + 1);
    }
    this.nowMs += TICK_MS / 100;
    this.store.add(spans, this.nowMs);
    if (this.nowMs % TICK_MS === 0) this.store.tick(this.nowMs);
  }
}

/** Sends a case; a line when it was answered as it must not be. */
async function problemOf(lane: RawClient, { about, head, body, isWhole }: OtlpCase): Promise<string | undefined> {
  if (!isWhole) {
    await lane.leave(head, body);
    return undefined;
  }
  const told = (words: string) => `${about}: ${words}\n${head}${body.toString('base64').slice(0, 4000)}`;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => (timer = setTimeout(() => resolve('silence'), SILENCE_MS)));
  const reply = await Promise.race([answered(lane, head, body), silence]);
  clearTimeout(timer);
  if (reply === 'silence') return told('no answer');
  if (reply === undefined) return told('connection ended without an answer');
  if (!ANSWERS.has(reply.status)) return told(`status ${reply.status} ${reply.body.toString('utf8')}`);
  return reply.status === 200 && !isReadable(reply) ? told('an answer nobody can read') : undefined;
}

/** Asks once more when the connection of the case before had been closed already. */
async function answered(lane: RawClient, head: string, body: Buffer): Promise<RawReply | undefined> {
  return (await lane.ask(head, body)) ?? (await lane.ask(head, body));
}

function isReadable({ type, body }: RawReply): boolean {
  try {
    if (type === 'application/json') JSON.parse(body.toString('utf8'));
    else ProtobufTraceSerializer.deserializeResponse(new Uint8Array(body));
    return true;
  } catch {
    return false;
  }
}

/** The receiver of traces that every run of the load module has. */
export const otlpTarget: FuzzTarget = {
  name: 'otlp',
  about:
    'OTLP over HTTP into the trace receiver of a run: protobuf, JSON, gzip, half requests, and good spans between them',
  open: () => new OtlpRun().start(),
};
