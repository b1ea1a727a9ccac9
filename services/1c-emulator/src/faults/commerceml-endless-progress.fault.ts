import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The site never finishes an import: 1C asks on and on (1c.md 6). */
@FaultKind()
export class CommercemlEndlessProgressFault implements Fault<Options> {
  readonly name = 'commerceml-endless-progress';
  readonly about = 'every import answers `progress`';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
