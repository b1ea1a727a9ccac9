import { Delivery } from './delivery.js';
import { Outbox } from './outbox.js';
import type { SmppSession } from './smpp-session.js';

class NumberedDelivery extends Delivery {
  constructor(readonly number: number) {
    super();
  }

  write(): void {
    // These go to sessions that only count.
  }
}

/** A session that takes deliveries and answers none. */
class CountingSession {
  readonly taken: number[] = [];
  readonly awaited = { size: 0 };
  isClogged = false;

  deliver({ number }: NumberedDelivery): void {
    this.taken.push(number);
    this.awaited.size += 1;
  }

  get asSession(): SmppSession {
    return this as unknown as SmppSession;
  }
}

const LIMITS = { queue: 10, backlog: 25, window: 5 };
const outboxOf = (): Outbox =>
  new Outbox(
    LIMITS,
    (_, action) => action(),
    () => () => undefined,
  );
const push = (outbox: Outbox, count: number): void => {
  for (let number = 1; number <= count; number += 1) outbox.push(new NumberedDelivery(number));
};

describe('Outbox', () => {
  it('keeps the newest of its queue while nobody is bound', () => {
    const outbox = outboxOf();
    push(outbox, 30);
    expect([outbox.waiting, outbox.dropped]).toEqual([LIMITS.queue, 20]);
    const session = new CountingSession();
    outbox.join(session.asSession);
    expect(session.taken).toEqual([21, 22, 23, 24, 25]);
  });

  it('keeps more for somebody who is bound and slow, and the queue of that when the connection is gone', () => {
    const outbox = outboxOf();
    const session = new CountingSession();
    outbox.join(session.asSession);
    push(outbox, 40);
    expect([outbox.waiting, outbox.dropped]).toEqual([LIMITS.backlog, 10]);
    outbox.leave(session.asSession);
    expect([outbox.waiting, outbox.dropped]).toEqual([LIMITS.queue, 25]);
  });

  it('hands over what waited for a peer that did not read, as soon as it does or something else is due', () => {
    const outbox = outboxOf();
    const session = new CountingSession();
    session.isClogged = true;
    outbox.join(session.asSession);
    push(outbox, 2);
    expect([session.taken, outbox.waiting]).toEqual([[], 2]);
    session.isClogged = false;
    outbox.push(new NumberedDelivery(3));
    expect([session.taken, outbox.waiting]).toEqual([[1, 2, 3], 0]);
  });
});
