import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Size of every file; HRLink takes 100 MB. */
  bytes: z.number().int().min(1000).max(200_000_000).default(105_000_000),
});
type Options = z.output<typeof options>;

/** The print form of a document comes out far too large (1c.md 6). */
@FaultKind()
export class OversizedFileFault implements Fault<Options> {
  readonly name = 'oversized-file';
  readonly about = 'files of documents are larger than HRLink takes';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { bytes }: Options): void {
    exchange.hint(this.name, bytes);
  }
}
