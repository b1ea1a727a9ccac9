import { Exchange } from '@poligon/emulator-kit';
import { CertWrongSubjectFault } from './cert-wrong-subject.fault.js';

describe('cert-wrong-subject', () => {
  const fault = new CertWrongSubjectFault();

  it('leaves its hint to the domain and the answer undecided', () => {
    const exchange = new Exchange({ operation: 'kontur.confirm', receivedAtMs: 0 });
    fault.apply(exchange);
    expect([exchange.hinted('cert-wrong-subject'), exchange.isDecided]).toEqual([true, false]);
  });

  it('refuses options it does not know', () => {
    expect(fault.options.safeParse({ unknown: 1 }).success).toBe(false);
  });
});
