import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The provider takes the message for a repetition. */
@FaultKind()
export class SmsDuplicateFloodFault implements Fault<Options> {
  readonly name = 'sms-duplicate-flood';
  readonly about = 'refused: the same text again';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'duplicate'));
  }
}
