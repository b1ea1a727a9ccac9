import { z } from 'zod';
import { Catalogues } from '../exchange/error-catalogue.js';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';
import { unknownCode } from './refusal.js';

const options = z.strictObject({
  /** Name of an entry of the service's own error catalogue. */
  code: z.string().min(1).max(200),
  detail: z.record(z.string(), z.unknown()).default({}),
  /** The domain still does its work; only its answer is replaced. */
  afterProcessing: z.boolean().default(false),
});
type Options = z.output<typeof options>;

/** Answers with an error of the protocol's own catalogue, in the body the real system sends. */
@FaultKind()
export class ErrorFault implements Fault<Options> {
  readonly name = 'error';
  readonly about = "an error of the service's own catalogue is answered";
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly catalogues: Catalogues) {}

  apply(exchange: Exchange, { code, detail, afterProcessing }: Options): void {
    if (exchange.isDecided) return;
    exchange.fail(code, detail);
    exchange.processFirst = afterProcessing;
  }

  problem({ code }: Options): string | undefined {
    return unknownCode(code, this.catalogues);
  }
}
