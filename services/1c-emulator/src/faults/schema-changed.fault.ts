import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Name of the set, e.g. Catalog_Сотрудники. */
  set: z.string().min(1).max(200),
  /** Name of the field as $metadata has it. */
  field: z.string().min(1).max(200),
});
type Options = z.output<typeof options>;

/** After an update of the configuration a field is gone (1c.md 6). */
@FaultKind()
export class SchemaChangedFault implements Fault<Options> {
  readonly name = 'schema-changed';
  readonly about = 'a field of a set is gone';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    exchange.hint(this.name, options);
  }
}
