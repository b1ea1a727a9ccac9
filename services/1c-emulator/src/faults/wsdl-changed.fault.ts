import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The service was published anew under another namespace (1c.md 3, 6). */
@FaultKind()
export class WsdlChangedFault implements Fault<Options> {
  readonly name = 'wsdl-changed';
  readonly about = 'the description of a web service shows another namespace';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
