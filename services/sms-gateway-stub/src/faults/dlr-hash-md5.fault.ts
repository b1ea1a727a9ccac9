import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { quirk } from './quirk.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** SMS.RU: the hash is MD5, as in an older sample. For `smsru.callback`. */
@FaultKind()
export class DlrHashMd5Fault implements Fault<Options> {
  readonly name = 'dlr-hash-md5';
  readonly about = 'SMS.RU hash is MD5';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    quirk(exchange, { isHashMd5: true });
  }
}
