import { trial } from '../../test/fault-trial.js';
import { replyPlan } from '../exchange/reply-plan.js';
import { GarbageFault } from './garbage.fault.js';

const body = Buffer.from('a good reply');
const plan = (options: object) => replyPlan(body, trial(new GarbageFault(), options).exchange.shapes);

describe('garbage', () => {
  it('replaces the whole reply and closes', () => {
    expect(plan({ bytes: 500 })).toMatchObject({ isBare: true, closes: true });
    expect(plan({ bytes: 500 }).bytes).toHaveLength(500);
  });

  it('or only the body, at its own length', () => {
    const { bytes, isBare, closes } = plan({ place: 'body' });
    expect([bytes.length, isBare, closes]).toEqual([body.length, false, false]);
    expect(bytes.equals(body)).toBe(false);
  });

  it('is the same noise for the same draw', () => {
    expect(plan({}).bytes).toEqual(plan({}).bytes);
  });
});
