import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The address of the caller is blocked for a while. */
@FaultKind()
export class SmsIpBlockedFault implements Fault<Options> {
  readonly name = 'sms-ip-blocked';
  readonly about = 'refused: the address is blocked';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'ip-blocked'));
  }
}
