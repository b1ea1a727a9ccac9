import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

/** windowMs: how long it waits; default CA_GOSUSLUGI_WINDOW_MS. */
const options = z.strictObject({ windowMs: z.number().int().min(1).max(2_592_000_000).optional() });
type Options = z.output<typeof options>;

/** A REMOTE request waits for a confirmation at Госуслуги that never comes, and expires. */
@FaultKind()
export class GosuslugiNeverConfirmedFault implements Fault<Options> {
  readonly name = 'gosuslugi-never-confirmed';
  readonly about = 'a REMOTE request waits for Госуслуги until it expires';
  readonly options = options;

  apply(exchange: Exchange, { windowMs }: Options): void {
    exchange.hint(this.name, windowMs ?? true);
  }
}
