import { Catalogues } from '../src/exchange/error-catalogue.js';
import { Draw, Exchange, type ExchangeFacts, type Fault } from '@poligon/emulator-kit';
import { parrotErrors } from './parrot.js';

export const parrotCatalogues = new Catalogues([parrotErrors]);

/** An exchange of the made-up protocol; facts given win. */
export function exchangeFixture(facts: Partial<ExchangeFacts> = {}): Exchange {
  return new Exchange({ operation: 'parrot.say', subject: 'person:1', client: 'flint', receivedAtMs: 0, ...facts });
}

/** Applies a fault with options as an engineer writes them. @throws ZodError when the schema refuses them */
export function trial<O>(
  fault: Fault<O>,
  input: unknown,
  exchange = exchangeFixture(),
): { exchange: Exchange; pending: void | Promise<void> } {
  const options = fault.options.parse(input);
  return { exchange, pending: fault.apply(exchange, options, new Draw().aim(7)) };
}

/** A function that applies one rule, with the state it keeps, to several exchanges. */
export function ruleOf<O>(fault: Fault<O>, input: unknown): (exchange: Exchange) => void | Promise<void> {
  const options = fault.options.parse(input);
  return (exchange) => fault.apply(exchange, options, new Draw().aim(7));
}
