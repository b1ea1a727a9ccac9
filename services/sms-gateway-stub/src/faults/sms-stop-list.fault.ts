import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The number is in a stop-list. */
@FaultKind()
export class SmsStopListFault implements Fault<Options> {
  readonly name = 'sms-stop-list';
  readonly about = 'refused, or accepted and rejected with error 252';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'stop-list'), { state: 'rejected', error: 252 });
  }
}
