import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Repeated codes to one number are held for fraud; a dialect that has no word for it accepts and fails later. */
@FaultKind()
export class SmsAntifraudCodeFault implements Fault<Options> {
  readonly name = 'sms-antifraud-code';
  readonly about = 'refused as repeated codes, or accepted and failed with error 251';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'antifraud'), { state: 'undeliverable', error: 251 });
  }
}
