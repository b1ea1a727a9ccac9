import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The application is being updated (1c.md 3, 6). */
@FaultKind()
export class AppUpdatingFault implements Fault<Options> {
  readonly name = 'app-updating';
  readonly about = 'data exchange is refused while the application is updated';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
