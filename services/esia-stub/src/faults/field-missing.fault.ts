import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Names of fields of the person. */
  fields: z.array(z.string().min(1).max(100)).min(1).max(50).default(['snils', 'inn', 'middleName']),
});
type Options = z.output<typeof options>;

/** The person comes without some fields. */
@FaultKind()
export class FieldMissingFault implements Fault<Options> {
  readonly name = 'field-missing';
  readonly about = 'the person lacks fields';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { fields }: Options): void {
    exchange.hint(this.name, fields);
  }
}
