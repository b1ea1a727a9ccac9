import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The account is empty, in the words of every dialect. */
@FaultKind()
export class SmsNoFundsFault implements Fault<Options> {
  readonly name = 'sms-no-funds';
  readonly about = 'refused: not enough funds';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'no-funds'));
  }
}
