import { Exchange } from '@poligon/emulator-kit';
import { gatherHints } from '../domain/fault-hints.js';
import { GosuslugiNeverConfirmedFault } from './gosuslugi-never-confirmed.fault.js';

describe('gosuslugi-never-confirmed', () => {
  const fault = new GosuslugiNeverConfirmedFault();
  const hintsOf = (given: object) => {
    const exchange = new Exchange({ operation: 'astral.usig-reg-request', receivedAtMs: 0 });
    fault.apply(exchange, fault.options.parse(given));
    return gatherHints((name) => exchange.hinted(name));
  };

  it.each([
    [{ windowMs: 500 }, 500],
    [{}, true],
  ])('leaves %j to the domain as %j', (given, hint) => {
    expect(hintsOf(given)).toEqual({ 'gosuslugi-never-confirmed': hint });
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
