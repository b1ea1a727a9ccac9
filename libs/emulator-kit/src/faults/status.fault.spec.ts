import { trial } from '../../test/fault-trial.js';
import { StatusFault } from './status.fault.js';

describe('status', () => {
  it('answers with a bare status', () => {
    expect(trial(new StatusFault(), { status: 502 }).exchange.ending).toEqual({ kind: 'status', status: 502 });
  });

  it.each(['high', -1, 1.5, undefined])('refuses %j', (status) => {
    expect(() => trial(new StatusFault(), { status })).toThrow();
  });
});
