import fc from 'fast-check';
import { BoundedQueue } from './bounded-queue.js';

describe('a bounded queue', () => {
  it('keeps the newest items in order, like a list cut from the front', () => {
    const moves = fc.array(fc.option(fc.integer()), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), moves, (capacity, list) => {
        const queue = new BoundedQueue<number>(capacity);
        let model: number[] = [];
        for (const item of list) {
          if (item === null) expect(queue.shift()).toBe(model.shift());
          else {
            expect(queue.push(item)).toBe(model.length === capacity);
            model = [...model, item].slice(-capacity);
          }
          expect([queue.size, queue.peek()]).toEqual([model.length, model[0]]);
        }
      }),
    );
  });

  it('is empty after it was cleared', () => {
    const queue = new BoundedQueue<number>(2);
    queue.push(1);
    queue.clear();
    expect([queue.size, queue.peek(), queue.shift()]).toEqual([0, undefined, undefined]);
    queue.push(2);
    expect(queue.shift()).toBe(2);
  });
});
