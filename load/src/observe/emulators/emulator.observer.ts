import { z } from 'zod';
import type { AdminDoor } from '../admin-door.js';
import { readAdmin } from '../admin-door.js';
import { parseExposition } from '../metrics/exposition.js';
import { httpText } from '../metrics/http-text.js';
import type { EventLine, HoldEdge, Moment, Observer, Write } from '../observer.js';
import type { ExchangesOfOperation, ExchangeTotals } from './exchange-totals.js';
import { exchangesBetween, exchangeTotals } from './exchange-totals.js';

/** One line of services.ndjson: what one emulator answered on one hold. */
export interface ServiceOnHold {
  step: number;
  levelPercent: number;
  system: string;
  seconds: number;
  operations: ExchangesOfOperation[];
}

const JOURNAL_MS = 5000;
const MAX_TEXT = 300;
const journal = z.object({
  last: z.number(),
  entries: z.array(
    z.object({ seq: z.number(), at: z.string(), operation: z.string(), outcome: z.string(), wire: z.unknown() }),
  ),
});

/** One emulator: its exchanges per hold from `/metrics`, and changes made at its admin door from the journal. */
export class EmulatorObserver implements Observer {
  readonly name: string;
  private since = 0;
  private journalAt = 0;
  private start: { step: number; at: number; totals: Map<string, ExchangeTotals> } | undefined;

  constructor(
    private readonly door: AdminDoor,
    private readonly write: Write,
  ) {
    this.name = `emulator ${door.name}`;
  }

  async open(): Promise<void> {
    const { last } = journal.parse(await readAdmin(this.door, '/__admin/journal?limit=0&operation=admin.*'));
    this.since = last;
    await this.totals();
  }

  async tick({ at }: Moment): Promise<void> {
    if (at - this.journalAt < JOURNAL_MS) return;
    this.journalAt = at;
    await this.readJournal();
  }

  async hold({ step, levelPercent, edge, at }: HoldEdge): Promise<void> {
    const totals = await this.totals();
    const { start } = this;
    if (edge === 'start') this.start = { step, at, totals };
    else if (start?.step === step) {
      const operations = exchangesBetween(start.totals, totals);
      const line: ServiceOnHold = {
        step,
        levelPercent,
        system: this.door.name,
        seconds: (at - start.at) / 1000,
        operations,
      };
      this.write('services', line);
    }
  }

  async close(): Promise<void> {
    await this.readJournal();
  }

  private async totals(): Promise<Map<string, ExchangeTotals>> {
    const { url, token } = this.door;
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return exchangeTotals(parseExposition(await httpText(`${url.replace(/\/$/, '')}/metrics`, { headers })));
  }

  private async readJournal(): Promise<void> {
    const path = `/__admin/journal?operation=admin.*&since=${this.since}&limit=1000`;
    const { entries } = journal.parse(await readAdmin(this.door, path));
    for (const { seq, at, operation, outcome, wire } of entries) {
      this.since = Math.max(this.since, seq);
      const line: EventLine = {
        at: Date.parse(at),
        service: this.door.name,
        kind: /fault|preset|experiment|latency/.test(operation) ? 'fault' : 'admin',
        text: `${operation} ${outcome} ${JSON.stringify(wire)}`.slice(0, MAX_TEXT),
      };
      this.write('events', line);
    }
  }
}
