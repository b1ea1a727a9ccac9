import { protocolOf } from '@poligon/emulator-kit';
import type { Refusal } from '../../domain/account.js';

/** How one dialect words refusals: names of entries of its error catalogue. */
export type DialectRefusals = Readonly<Partial<Record<Refusal, string>>>;

/** Knows every dialect's words for the same refusal, so that one fault serves all doors. */
export class RefusalTable {
  constructor(private readonly byDialect: Readonly<Record<string, DialectRefusals>>) {}

  /** The error entry of the operation's dialect, or undefined when the dialect has none. */
  entryOf(operation: string, refusal: Refusal): string | undefined {
    return this.byDialect[protocolOf(operation)]?.[refusal];
  }
}
