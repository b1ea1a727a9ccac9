import { trial } from '../../test/fault-trial.js';
import { ResetFault } from './reset.fault.js';

describe('reset', () => {
  it('ends the exchange without the domain', () => {
    const { exchange } = trial(new ResetFault(), {});
    expect(exchange).toMatchObject({ ending: { kind: 'drop', mode: 'reset' }, processFirst: false });
  });

  it('lets the domain work first when told to', () => {
    expect(trial(new ResetFault(), { afterProcessing: true }).exchange.processFirst).toBe(true);
  });

  it('leaves an earlier decision alone', () => {
    const { exchange } = trial(new ResetFault(), {});
    exchange.fail('mute');
    expect(exchange.ending).toMatchObject({ kind: 'drop' });
  });
});
