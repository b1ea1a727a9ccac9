import { trial } from '../../test/fault-trial.js';
import { replyPlan } from '../exchange/reply-plan.js';
import { TruncateFault } from './truncate.fault.js';

const plan = (options: object, body: string) =>
  replyPlan(Buffer.from(body), trial(new TruncateFault(), options).exchange.shapes);

describe('truncate', () => {
  it.each([
    [{}, '0123456789', '01234'],
    [{ percent: 20 }, '0123456789', '01'],
    [{ bytes: 3 }, '0123456789', '012'],
    [{ bytes: 0 }, '0123456789', ''],
    [{ percent: 100 }, '0123456789', '012345678'],
    [{ bytes: 99 }, '0123456789', '012345678'],
    [{}, '', ''],
  ])('%j of "%s" sends "%s", announces all of it and closes', (options, body, sent) => {
    const { bytes, announcedBytes, closes } = plan(options, body);
    expect([bytes.toString(), announcedBytes, closes]).toEqual([sent, body.length, true]);
  });

  it('refuses two measures at once', () => {
    expect(() => trial(new TruncateFault(), { percent: 5, bytes: 5 })).toThrow('give percent or bytes, not both');
  });
});
