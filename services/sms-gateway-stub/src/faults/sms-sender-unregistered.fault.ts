import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The sender name is not registered. */
@FaultKind()
export class SmsSenderUnregisteredFault implements Fault<Options> {
  readonly name = 'sms-sender-unregistered';
  readonly about = 'refused: the sender name is not registered';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'sender-unregistered'), { state: 'rejected', error: 254 });
  }
}
