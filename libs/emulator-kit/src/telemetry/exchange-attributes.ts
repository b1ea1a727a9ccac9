import type { Attributes } from '@opentelemetry/api';
import type { Exchange } from '../exchange/exchange.js';

/** What a span tells of an exchange: `poligon.*` of the kit, beside what the protocol adapter adds in the words of the semantic conventions. */
export function exchangeAttributes(exchange: Exchange, outcome: string, own: Attributes = {}): Attributes {
  own['poligon.operation'] = exchange.operation;
  own['poligon.outcome'] = outcome;
  if (exchange.intendedMs > 0) own['poligon.intended_ms'] = exchange.intendedMs;
  if (exchange.injectedMs > 0) own['poligon.injected_ms'] = exchange.injectedMs;
  if (exchange.subject !== undefined) own['poligon.subject'] = exchange.subject;
  if (exchange.client !== undefined) own['poligon.client'] = exchange.client;
  if (exchange.fired.length > 0) {
    own['poligon.fault'] = exchange.fired.map(({ fault }) => fault);
    own['poligon.rule'] = exchange.fired.map(({ id }) => id);
  }
  return own;
}
