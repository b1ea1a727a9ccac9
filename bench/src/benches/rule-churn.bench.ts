import type { Bench } from '../harness/bench.js';
import { openLoad, type OpenCall } from '../harness/open-load.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { putRules } from '../harness/put-rules.js';
import { getRequest } from '../harness/raw-connection.js';
import { short } from '../harness/statistics.js';

const CHANGES_PER_SECOND = 50;
const CALLS_PER_SECOND = 1000;
const MAX_STALE_MS = 1000;
/** Memory may grow by so much in the last two fifths, once the journal is full and the heap has its size. */
const MAX_GROWTH = 1.15;

/** Rules changed fifty times a second under load: nothing fails, nothing stays stale, memory stays flat. */
export const ruleChurn: Bench = {
  name: 'rule-churn',
  about: 'rules changed 50 times a second at 1,000 req/s: failures, staleness, memory',
  defaults: { rounds: 1, seconds: 90 },
  async run({ seconds, log }) {
    const emulator = await ProcessUnderTest.own('emulator', 'emulator');
    try {
      const changes = new Changes(emulator.ready['adminUrl'] as string);
      const rss: number[] = [];
      const timers = [setInterval(() => changes.next(), 1000 / CHANGES_PER_SECOND)];
      timers.push(setInterval(() => rss.push(emulator.rssBytes()), 1000));
      const load = { connections: 1000, perSecond: CALLS_PER_SECOND, seconds, request: getRequest('/stub') };
      const { calls, starved } = await openLoad(emulator.port, { ...load, onCall: (call) => changes.judge(call) });
      for (const timer of timers) clearInterval(timer);
      await changes.settled();
      const growth = short(rss.at(-1)! / rss[Math.floor(rss.length * 0.6)]!, 3);
      const failures = calls.filter(({ reply }) => reply === undefined).length + changes.refused;
      const found = {
        calls: calls.length,
        changes: changes.made,
        failures,
        // Calls the generator could not send: its own fault, not the emulator's.
        notSent: starved,
        rssMb: rss.filter((_, at) => at % 5 === 4).map((bytes) => Math.round(bytes / 1e6)),
        stalestMs: Math.round(changes.stalestMs),
        growth,
      };
      log(
        Object.entries(found)
          .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
          .join(', '),
      );
      const holds = failures === 0 && changes.stalestMs <= MAX_STALE_MS && growth <= MAX_GROWTH && changes.made > 0;
      const ratio = short(MAX_STALE_MS / Math.max(1, changes.stalestMs), 3);
      return {
        bench: 'rule-churn',
        ratio,
        floor: 1,
        holds,
        ours: found,
        reference: { maxStaleMs: MAX_STALE_MS, maxGrowth: MAX_GROWTH },
      };
    } finally {
      await emulator.stop();
    }
  },
};

/** Statuses the rule answers with in turn: which one a reply carries tells how old the rule was that made it. */
const STATUSES = Array.from({ length: 90 }, (_, at) => 410 + at);

class Changes {
  made = 0;
  refused = 0;
  stalestMs = 0;
  private turn = 0;
  private last: Promise<void> = Promise.resolve();
  /** When the status that came after this one was confirmed. */
  private readonly replacedMs = new Map<number, number>();

  constructor(private readonly adminUrl: string) {}

  next(): void {
    const turn = (this.turn += 1);
    this.last = this.last.then(() => this.put(turn));
  }

  settled(): Promise<void> {
    return this.last;
  }

  /** A call sent after a status had been replaced must not carry it. */
  judge({ sentMs, reply }: OpenCall): void {
    const replacedMs = reply === undefined ? undefined : this.replacedMs.get(reply.status);
    if (replacedMs !== undefined) this.stalestMs = Math.max(this.stalestMs, sentMs - replacedMs);
  }

  private async put(turn: number): Promise<void> {
    const status = STATUSES[turn % STATUSES.length]!;
    const others = Array.from({ length: turn % 20 }, (_, at) => ({
      id: `other-${turn}-${at}`,
      fault: 'latency',
      operations: ['*'],
      match: { subject: { list: [`person:${turn}`] } },
      options: { ms: 1 },
    }));
    this.replacedMs.delete(status);
    try {
      await putRules(this.adminUrl, [
        { id: 'turn', fault: 'status', operations: ['*'], options: { status } },
        ...others,
      ]);
      this.made += 1;
      this.replacedMs.set(STATUSES[(turn - 1) % STATUSES.length]!, performance.now());
    } catch {
      this.refused += 1;
    }
  }
}
