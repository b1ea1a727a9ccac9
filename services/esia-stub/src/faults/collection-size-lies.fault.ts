import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Added to the true size. */
  by: z.number().int().min(-1000).max(1000).default(1),
});
type Options = z.output<typeof options>;

/** `size` of a collection is not the number of its elements. */
@FaultKind()
export class CollectionSizeLiesFault implements Fault<Options> {
  readonly name = 'collection-size-lies';
  readonly about = 'size of a collection differs from its elements';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { by }: Options): void {
    exchange.hint(this.name, by);
  }
}
