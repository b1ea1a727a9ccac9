import { trial } from '../../test/fault-trial.js';
import { EmptyReplyFault } from './empty-reply.fault.js';

describe('empty-reply', () => {
  it('ends the exchange without the domain', () => {
    const { exchange } = trial(new EmptyReplyFault(), {});
    expect(exchange).toMatchObject({ ending: { kind: 'drop', mode: 'empty-reply' }, processFirst: false });
  });

  it('lets the domain work first when told to', () => {
    expect(trial(new EmptyReplyFault(), { afterProcessing: true }).exchange.processFirst).toBe(true);
  });

  it('leaves an earlier decision alone', () => {
    const { exchange } = trial(new EmptyReplyFault(), {});
    exchange.fail('mute');
    expect(exchange.ending).toMatchObject({ kind: 'drop' });
  });
});
