import { trial } from '../../test/fault-trial.js';
import { DuplicateFault } from './duplicate.fault.js';

describe('duplicate', () => {
  it('asks for two handlings and the first answer by default', () => {
    expect(trial(new DuplicateFault(), {}).exchange.repetition).toEqual({ times: 2, gapMs: 0, reply: 'first' });
  });

  it('leaves an earlier rule its say', () => {
    const { exchange } = trial(new DuplicateFault(), { times: 3 });
    trial(new DuplicateFault(), { times: 5 }, exchange);
    expect(exchange.repetition?.times).toBe(3);
  });

  it.each([{ times: 1 }, { times: 11 }, { gapMs: -1 }, { reply: 'both' }])('refuses %j', (options) => {
    expect(() => trial(new DuplicateFault(), options)).toThrow();
  });
});
