import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { quirk } from './quirk.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A callback comes as GET with its fields in the query. For `*.callback`. */
@FaultKind()
export class DlrViaGetFault implements Fault<Options> {
  readonly name = 'dlr-via-get';
  readonly about = 'a callback comes as GET';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    quirk(exchange, { isViaGet: true });
  }
}
