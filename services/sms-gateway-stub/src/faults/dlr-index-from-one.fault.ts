import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { quirk } from './quirk.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** SMS.RU: entries are numbered from 1. For `smsru.callback`. */
@FaultKind()
export class DlrIndexFromOneFault implements Fault<Options> {
  readonly name = 'dlr-index-from-one';
  readonly about = 'SMS.RU entries begin with data[1]';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    quirk(exchange, { isIndexFromOne: true });
  }
}
