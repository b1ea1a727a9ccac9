import { request } from 'undici';
import { der, fromPem, OID, parseCertificate } from '@poligon/pki';
import { createHash } from 'node:crypto';
import type { Bench } from '../harness/bench.js';
import { openLoad } from '../harness/open-load.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { percentile, short } from '../harness/statistics.js';

/** Certificates of one round; ten rounds make a million. */
const PER_ROUND = 100_000;
const PER_CALL = 5000;
const OCSP_PER_SECOND = 200;
const WINDOWS = 5;
/** Of CPU: on a busy machine the wall says nothing. */
const CRL_LIMIT_MS = 2000;
/** CPU of one OCSP answer before by that after. */
const FLOOR = 0.8;
/** Resident memory may grow so much between the first and the last 200,000: by then what is kept has reached its bound. */
const MEMORY_LIMIT_MB = 150;
const WARM_ROUNDS = 2;
const ASK_SECONDS = 4;
/** A p99 that rises by less is that of a busy machine. */
const P99_SLACK_MS = 5;
const P99_FACTOR = 2;
/** While a list is made the loop may be held up so long, or so many times as long as without one. */
const LOOP_LIMIT_MS = 100;
const LOOP_FACTOR = 3;

interface Ocsp {
  readonly p99Ms: number;
  readonly cpuMs: number;
}

/** The authority as its administrator and its clients see it. */
class Authority {
  constructor(private readonly server: ProcessUnderTest) {}

  async admin<T>(path: string, body?: object): Promise<T> {
    const url = `${String(this.server.ready['adminUrl'])}/__admin${path}`;
    const headers = { 'content-type': 'application/json' };
    const options = body === undefined ? {} : { method: 'POST' as const, headers, body: JSON.stringify(body) };
    const reply = await request(url, { ...options, headersTimeout: 120_000, bodyTimeout: 120_000 });
    const text = await reply.body.text();
    if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.statusCode} ${text.slice(0, 200)}`);
    return (text.startsWith('-----') ? text : JSON.parse(text)) as T;
  }

  /** @returns serial numbers, hex */
  async issue(from: number, count: number): Promise<string[]> {
    const body = { persons: { from, count } };
    const { certificates } = await this.admin<{ certificates: { serialNumber: string }[] }>(
      '/certificates/preissue',
      body,
    );
    return certificates.map(({ serialNumber }) => serialNumber);
  }

  /** A POST about one certificate, ready for the wire. */
  async ocspRequest(serialHex: string): Promise<Buffer> {
    const issuer = parseCertificate(fromPem(await this.admin<string>('/ca/chain.pem')));
    const { octetString, oid, sequence, integer, NULL } = der;
    const nameHash = octetString(createHash('sha1').update(issuer.subjectDer).digest());
    const serial = integer(Buffer.from(serialHex, 'hex'));
    const id = sequence(sequence(oid(OID.sha1), NULL), nameHash, octetString(issuer.subjectKeyId!), serial);
    const body = sequence(sequence(sequence(sequence(id))));
    const type = 'Content-Type: application/ocsp-request';
    const head = `POST /ocsp/ocsp.srf HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  }

  async ask(message: Buffer, seconds: number): Promise<Ocsp> {
    const before = this.server.cpuSeconds();
    const options = { connections: 16, perSecond: OCSP_PER_SECOND, seconds, request: message };
    const { calls } = await openLoad(this.server.port, options);
    const cpuMs = ((this.server.cpuSeconds() - before) / calls.length) * 1000;
    const failed = calls.filter(({ reply }) => reply?.status !== 200).length;
    if (failed > 0) throw new Error(`${failed} OCSP requests failed`);
    return { p99Ms: percentile(this.latencies(calls), 99), cpuMs };
  }

  /** The best of several windows: what disturbs a busy machine does not disturb all of them. */
  async askOften(message: Buffer, seconds: number): Promise<Ocsp> {
    const windows: Ocsp[] = [];
    for (let window = 0; window < WINDOWS; window += 1) windows.push(await this.ask(message, seconds));
    const best = (of: (one: Ocsp) => number): number => Math.min(...windows.map(of));
    return { p99Ms: short(best(({ p99Ms }) => p99Ms)), cpuMs: short(best(({ cpuMs }) => cpuMs)) };
  }

  /** Longest delay of the event loop since the last time this was asked. */
  async loopDelayMs(): Promise<number> {
    const reply = await request(`${String(this.server.ready['adminUrl'])}/metrics`);
    const seconds = /^nodejs_eventloop_lag_max_seconds(?:\{[^}]*\})? (\S+)/m.exec(await reply.body.text())?.[1];
    if (seconds === undefined) throw new Error('the authority does not tell of its event loop');
    return short(Number(seconds) * 1000);
  }

  get cpuMs(): number {
    return this.server.cpuSeconds() * 1000;
  }

  get rssMb(): number {
    return Math.round(this.server.rssBytes() / 1e6);
  }

  private latencies(calls: Awaited<ReturnType<typeof openLoad>>['calls']): number[] {
    return calls.map(({ sentMs, reply }) => (reply?.atMs ?? sentMs) - sentMs).sort((a, b) => a - b);
  }
}

/** A million certificates: the status of one of them, a long revocation list, and memory. */
export const caMillion: Bench = {
  name: 'ca-million',
  about: 'OCSP, revocation list and memory of the authority after a million certificates; rounds of 100,000',
  defaults: { rounds: 10, seconds: 5 },
  async run({ rounds, seconds, log }) {
    const server = await ProcessUnderTest.own('ca', 'certification-authority');
    const authority = new Authority(server);
    try {
      const [first] = await authority.issue(0, 1000);
      const message = await authority.ocspRequest(first!);
      await authority.ask(message, 2);
      const before = await authority.askOften(message, seconds);
      log(`OCSP before: p99 ${before.p99Ms} ms, ${before.cpuMs} ms of CPU each, ${authority.rssMb} MB`);
      const memoryMb: number[] = [];
      let crl: Published | undefined;
      for (let round = 0; round < rounds; round += 1) {
        const startMs = performance.now();
        const serials = await issueRound(authority, round);
        memoryMb.push(authority.rssMb);
        const perSecond = Math.round(PER_ROUND / ((performance.now() - startMs) / 1000));
        const { p99Ms, cpuMs } = await authority.ask(message, 2);
        const status = `OCSP p99 ${short(p99Ms)} ms, ${short(cpuMs)} ms of CPU`;
        log(`${(round + 1) * PER_ROUND} certificates, ${perSecond} per second, ${memoryMb.at(-1)} MB; ${status}`);
        crl ??= await revoke(authority, serials, message, log);
      }
      const after = await authority.askOften(message, seconds);
      log(`OCSP after: p99 ${after.p99Ms} ms, ${after.cpuMs} ms of CPU each`);
      const grownMb = memoryMb.at(-1)! - (memoryMb[Math.min(WARM_ROUNDS, rounds) - 1] ?? 0);
      const ratio = short(before.cpuMs / after.cpuMs);
      const p99LimitMs = Math.max(before.p99Ms * P99_FACTOR, before.p99Ms + P99_SLACK_MS);
      const loopLimitMs = Math.max(LOOP_LIMIT_MS, crl!.loopDelay.quietMs * LOOP_FACTOR);
      const checks = {
        ocspCpu: ratio >= FLOOR,
        ocspP99: after.p99Ms <= p99LimitMs,
        crlCpu: crl!.cpuMs < CRL_LIMIT_MS,
        eventLoop: crl!.loopDelay.meanwhileMs <= loopLimitMs,
        memory: grownMb < MEMORY_LIMIT_MB,
      };
      const holds = Object.values(checks).every(Boolean);
      return {
        ...{ bench: 'ca-million', ratio, floor: FLOOR, holds, ours: after, reference: before },
        ...{ certificates: rounds * PER_ROUND, crl, memoryMb, grownMb, checks },
      };
    } finally {
      await server.stop();
    }
  },
};

async function issueRound(authority: Authority, round: number): Promise<string[]> {
  const serials: string[] = [];
  const from = 1000 + round * PER_ROUND;
  for (let done = 0; done < PER_ROUND; done += PER_CALL)
    serials.push(...(await authority.issue(from + done, PER_CALL)));
  return serials;
}

/** A list as the authority tells of it, what it cost in CPU, and the status service meanwhile. */
interface Published {
  readonly entries: number;
  readonly bytes: number;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly ocspMeanwhile: Ocsp;
  /** Longest delays of the event loop while statuses are asked for: without and with a list being made. */
  readonly loopDelay: { readonly quietMs: number; readonly meanwhileMs: number };
}

/** Revokes certificates and has the list made: once alone, for its cost, and once while clients ask for statuses. */
async function revoke(
  authority: Authority,
  serials: readonly string[],
  message: Buffer,
  log: (line: string) => void,
): Promise<Published> {
  for (let from = 0; from < serials.length; from += PER_CALL) {
    await authority.admin('/certificates/revoke', { serialNumbers: serials.slice(from, from + PER_CALL) });
  }
  await authority.admin('/ca/crl', {});
  const before = authority.cpuMs;
  const published = await authority.admin<Published>('/ca/crl', {});
  const cpuMs = Math.round(authority.cpuMs - before);
  await authority.loopDelayMs();
  await authority.ask(message, ASK_SECONDS);
  const quietMs = await authority.loopDelayMs();
  const asking = authority.ask(message, ASK_SECONDS);
  await authority.admin('/ca/crl', {});
  const ocspMeanwhile = await asking;
  const loopDelay = { quietMs, meanwhileMs: await authority.loopDelayMs() };
  const { entries, bytes, tookMs } = published;
  log(
    `list of ${entries}: ${bytes} bytes, ${tookMs} ms, ${cpuMs} ms of CPU; OCSP meanwhile p99 ${short(ocspMeanwhile.p99Ms)} ms, ` +
      `event loop delayed by ${loopDelay.meanwhileMs} ms at most, ${quietMs} ms without the list`,
  );
  return { entries, bytes, tookMs, cpuMs, ocspMeanwhile, loopDelay };
}
