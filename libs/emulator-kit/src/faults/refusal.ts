import { z } from 'zod';
import { protocolOf, type Catalogues } from '../exchange/error-catalogue.js';
import type { Exchange } from '../exchange/exchange.js';

/** How a limit answers what it does not let through; without either, the catalogue's own "unavailable". */
export const refusalOptions = {
  /** Name of an entry of the service's own error catalogue. */
  code: z.string().min(1).max(200).optional(),
  /** A bare protocol status instead. */
  status: z.number().int().min(0).max(4_294_967_295).optional(),
};

interface Refusal {
  readonly code?: string | undefined;
  readonly status?: number | undefined;
}

/** Ends the exchange as the limit's options say; `detail` holds what the catalogue may show. */
export function refuse(
  exchange: Exchange,
  { code, status }: Refusal,
  { catalogues, detail }: { readonly catalogues: Catalogues; readonly detail: Readonly<Record<string, unknown>> },
): void {
  if (code === undefined && status !== undefined) exchange.status(status);
  else exchange.fail(code ?? unavailable(exchange.operation, catalogues), detail);
}

function unavailable(operation: string, catalogues: Catalogues): string {
  const catalogue = catalogues.named(protocolOf(operation)) ?? catalogues.all[0];
  return catalogue?.problems.unavailable ?? 'unavailable';
}

/** The rule for a catalogue entry's name, in one line when it is broken. */
export function unknownCode(code: string | undefined, catalogues: Catalogues): string | undefined {
  const names = catalogues.names();
  if (code === undefined || Object.values(names).some((known) => known.includes(code))) return undefined;
  const list = Object.entries(names).map(([protocol, known]) => `${protocol}: ${known.join(' ')}`);
  return `code: unknown error "${code}", known are ${list.join('; ')}`;
}

/** Whose calls a limit counts together. */
export const limitScope = z.enum(['client', 'subject', 'all'], { error: 'must be client, subject or all' });

/** The key under which a call is counted; calls without the identity are counted together. */
export function scopeKey(exchange: Exchange, scope: z.output<typeof limitScope>): string {
  if (scope === 'all') return '';
  return (scope === 'client' ? exchange.client : exchange.subject) ?? '';
}
