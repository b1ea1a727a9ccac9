import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Status of the answer. */
  status: z.number().int().min(400).max(599).default(502),
});
type Options = z.output<typeof options>;

/** Answers with an HTML error page where clients expect JSON. */
@FaultKind()
export class ErrorAsHtmlFault implements Fault<Options> {
  readonly name = 'error-as-html';
  readonly about = 'an error page of HTML is answered instead of JSON';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { status }: Options): void {
    exchange.fail('gateway-page', { status });
  }
}
