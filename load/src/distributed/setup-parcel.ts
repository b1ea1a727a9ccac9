import { gzipSync } from 'node:zlib';
import type { Order } from './messages.js';
import type { WorkerSetup } from './work.js';

/** Below the megabyte a broker takes by default, with room for the envelope. */
const PART_CHARACTERS = 600_000;

/** A run's setup, packed once and cut into messages: the documents of a twelve-hour run are many. */
export class SetupParcel {
  private readonly data: string;

  constructor(setup: WorkerSetup) {
    this.data = gzipSync(JSON.stringify(setup)).toString('base64');
  }

  *partsFor(run: string, to: string): Generator<Extract<Order, { kind: 'setup' }>> {
    const parts = Math.max(1, Math.ceil(this.data.length / PART_CHARACTERS));
    for (let part = 0; part < parts; part++) {
      const data = this.data.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS);
      yield { kind: 'setup', run, to, part, parts, data };
    }
  }
}
