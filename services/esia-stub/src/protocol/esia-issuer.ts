import type { Exchange } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../config.js';
import { STANDS } from '../domain/stand.js';
import { HINT } from '../faults/fault-hints.js';

/** Claim `iss` of tokens made in this exchange. */
export function issuerOf({ issuer, stand }: EsiaConfig, exchange: Exchange): string {
  const wrong = exchange.hinted(HINT.wrongIssuer);
  if (typeof wrong === 'string') return wrong;
  return issuer ?? STANDS[stand].issuer;
}
