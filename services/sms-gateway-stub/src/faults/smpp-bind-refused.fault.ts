import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  status: z.enum(['ESME_RBINDFAIL', 'ESME_RINVPASWD', 'ESME_RINVSYSID']).default('ESME_RBINDFAIL'),
});
type Options = z.output<typeof options>;

/** A bind with right credentials is refused. For `smpp.bind_*`. */
@FaultKind()
export class SmppBindRefusedFault implements Fault<Options> {
  readonly name = 'smpp-bind-refused';
  readonly about = 'a bind is refused';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    exchange.fail(options.status);
  }
}
