import { FakeClock } from '@poligon/testing';
import { trial } from '../../test/fault-trial.js';
import { writePaced } from '../exchange/paced-write.js';
import { replyPlan } from '../exchange/reply-plan.js';
import { SlowBodyFault } from './slow-body.fault.js';

const planned = (bytesPerSecond: number, body: Buffer) =>
  replyPlan(body, trial(new SlowBodyFault(), { bytesPerSecond }).exchange.shapes);

describe('slow-body', () => {
  it.each([
    [1, 3],
    [10, 25],
    [1000, 5000],
    [1e6, 100_000],
  ])('%d bytes/s: %d bytes arrive whole, in order, at the rate', async (bytesPerSecond, size) => {
    const clock = new FakeClock();
    const body = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
    const plan = planned(bytesPerSecond, body);
    const seen: { atMs: number; chunk: Buffer }[] = [];
    const sink = { isOpen: true, write: (chunk: Buffer) => void seen.push({ atMs: clock.monotonicMs(), chunk }) };
    const done = writePaced(plan.bytes, plan.bytesPerSecond, { sink, clock });
    await clock.advance((size / bytesPerSecond) * 1000 + 1);
    await done;
    expect(Buffer.concat(seen.map(({ chunk }) => chunk))).toEqual(body);
    let sent = 0;
    for (const { atMs, chunk } of seen) {
      sent += chunk.length;
      expect(atMs).toBeCloseTo((sent / bytesPerSecond) * 1000, 3);
    }
  });

  it('stops when the caller has gone', async () => {
    const clock = new FakeClock();
    const sink = { isOpen: true, write: () => void (sink.isOpen = false) };
    const done = writePaced(Buffer.alloc(1_000_000), 1, { sink, clock });
    await clock.advance(2000);
    await expect(done).resolves.toBeUndefined();
  });

  it('refuses a rate below one byte a second', () => {
    expect(() => planned(0, Buffer.alloc(1))).toThrow('must be 1 or more');
  });
});
