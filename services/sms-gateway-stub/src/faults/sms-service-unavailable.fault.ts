import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The service says that it is not available, in its own envelope. */
@FaultKind()
export class SmsServiceUnavailableFault implements Fault<Options> {
  readonly name = 'sms-service-unavailable';
  readonly about = 'refused: try again later';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'unavailable'));
  }
}
