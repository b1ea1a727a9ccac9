import { gzipSync } from 'node:zlib';
import { exportJson, spanJson, spanMessage, type PlainSpan } from './otlp-captures.js';
import { exportRequest } from './protobuf-writer.js';
import { RawClient } from './raw-client.js';

/** How often a refused "come again" is tried. */
const MAX_TRIES = 50;
const TRY_AGAIN_MS = 20;

/** Service name its spans arrive under. */
export const HONEST_PREFIX = 'honest.';

/** Sends good spans between the bad ones, in every encoding in turn, some beside a span that breaks a rule. */
export class HonestSender {
  private readonly client: RawClient;
  /** Names of the spans sent and taken. */
  readonly sent = new Set<string>();
  private count = 0;

  constructor(port: number) {
    this.client = new RawClient(port);
  }

  /** Sends one request; a line when it was not taken as it should be. */
  async send(): Promise<string | undefined> {
    this.count += 1;
    const number = this.count;
    const names = [`${HONEST_PREFIX}${number}.a`, `${HONEST_PREFIX}${number}.b`];
    const hasBad = number % 3 === 0;
    const isJson = number % 2 === 0;
    const spans = names.map((name, at) => spanOf(name, number, at + 1));
    const plain = isJson ? jsonOf(spans, hasBad) : protobufOf(spans, hasBad);
    const isPacked = number % 5 === 0;
    const body = isPacked ? gzipSync(plain) : plain;
    const head = [
      'POST /v1/traces HTTP/1.1',
      'host: fuzz',
      `content-type: ${isJson ? 'application/json' : 'application/x-protobuf'}`,
      ...(isPacked ? ['content-encoding: gzip'] : []),
      `content-length: ${body.length}`,
    ].join('\r\n');
    const problem = await this.until200(`${head}\r\n\r\n`, body, hasBad);
    if (problem !== undefined) return `honest request ${number}: ${problem}`;
    for (const name of names) this.sent.add(name);
    return undefined;
  }

  close(): void {
    this.client.drop();
  }

  private async until200(head: string, body: Buffer, hasBad: boolean): Promise<string | undefined> {
    for (let tried = 0; tried < MAX_TRIES; tried += 1) {
      const reply = await this.client.ask(head, body);
      if (reply?.status === 200) {
        const isPartial = reply.body.includes('trace_id must be 16 bytes');
        return isPartial === hasBad ? undefined : `answer ${JSON.stringify(reply.body.toString('latin1'))}`;
      }
      // An idle connection may have been closed meanwhile; "come again" is what it says.
      if (reply !== undefined && reply.status !== 429) return `status ${reply.status}`;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
    return 'never taken';
  }
}

function spanOf(name: string, request: number, at: number): PlainSpan {
  const traceId = `f${request.toString(16).padStart(31, '0')}`;
  return { traceId, spanId: `${at}`.padStart(16, '0'), name, lengthNs: 1_000_000n };
}

const BAD: PlainSpan = { traceId: '00', spanId: '1'.repeat(16), name: 'bad', lengthNs: 0n };

function jsonOf(spans: readonly PlainSpan[], hasBad: boolean): Buffer {
  return exportJson([...(hasBad ? [BAD] : []), ...spans].map((span) => spanJson(span)));
}

function protobufOf(spans: readonly PlainSpan[], hasBad: boolean): Buffer {
  return exportRequest([...(hasBad ? [BAD] : []), ...spans].map((span) => spanMessage(span)));
}
