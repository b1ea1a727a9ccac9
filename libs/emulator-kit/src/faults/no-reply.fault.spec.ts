import { trial } from '../../test/fault-trial.js';
import { NoReplyFault } from './no-reply.fault.js';

describe('no-reply', () => {
  it('ends the exchange without the domain', () => {
    const { exchange } = trial(new NoReplyFault(), {});
    expect(exchange).toMatchObject({ ending: { kind: 'drop', mode: 'no-reply' }, processFirst: false });
  });

  it('lets the domain work first when told to', () => {
    expect(trial(new NoReplyFault(), { afterProcessing: true }).exchange.processFirst).toBe(true);
  });

  it('leaves an earlier decision alone', () => {
    const { exchange } = trial(new NoReplyFault(), {});
    exchange.fail('mute');
    expect(exchange.ending).toMatchObject({ kind: 'drop' });
  });
});
