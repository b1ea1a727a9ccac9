import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The run starts bulk tasks and never asks what became of them (1c.md 6). */
@FaultKind()
export class AbandonTaskFault implements Fault<Options> {
  readonly name = 'abandon-task';
  readonly about = 'the run starts bulk tasks and never polls them';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
