import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Name of the set, e.g. Catalog_Сотрудники. */
  set: z.string().min(1).max(200),
});
type Options = z.output<typeof options>;

/** A set left the composition of the standard interface (1c.md 6). */
@FaultKind()
export class EntityUnpublishedFault implements Fault<Options> {
  readonly name = 'entity-unpublished';
  readonly about = 'a set is not in the composition of the standard interface any more';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { set }: Options): void {
    exchange.hint(this.name, set);
  }
}
