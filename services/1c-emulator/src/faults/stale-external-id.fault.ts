import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** The externalId all of them have. */
  externalId: z.string().min(1).max(100).default('00000000-0000-4000-8000-000000000001'),
});
type Options = z.output<typeof options>;

/** Documents keep the externalId of the one they were copied from (1c.md 6). */
@FaultKind()
export class StaleExternalIdFault implements Fault<Options> {
  readonly name = 'stale-external-id';
  readonly about = 'documents go out under an externalId that was used before';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { externalId }: Options): void {
    exchange.hint(this.name, externalId);
  }
}
