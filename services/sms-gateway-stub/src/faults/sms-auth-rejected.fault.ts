import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Right credentials are refused. */
@FaultKind()
export class SmsAuthRejectedFault implements Fault<Options> {
  readonly name = 'sms-auth-rejected';
  readonly about = 'refused: wrong credentials';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'auth-rejected'));
  }
}
