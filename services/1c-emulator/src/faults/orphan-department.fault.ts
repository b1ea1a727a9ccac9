import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Departments that name a parent which does not exist. */
  count: z.number().int().min(1).max(10_000).default(1),
});
type Options = z.output<typeof options>;

/** Departments are sent under a parent HRLink never heard of: such items fail, the task finishes (1c.md 4, 6). */
@FaultKind()
export class OrphanDepartmentFault implements Fault<Options> {
  readonly name = 'orphan-department';
  readonly about = 'departments are sent with a parent that does not exist';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { count }: Options): void {
    exchange.hint(this.name, count);
  }
}
