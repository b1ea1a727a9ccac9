import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { refuse } from './refuse.js';
import { RefusalTable } from '../protocol/http/refusal-table.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The number is taken for one abroad. */
@FaultKind()
export class SmsForeignNumberFault implements Fault<Options> {
  readonly name = 'sms-foreign-number';
  readonly about = 'refused: the number is abroad';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly table: RefusalTable) {}

  apply(exchange: Exchange): void {
    refuse(exchange, this.table.entryOf(exchange.operation, 'foreign-number'), { state: 'undeliverable', error: 248 });
  }
}
