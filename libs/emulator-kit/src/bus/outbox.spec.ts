import { FakeClock } from '@poligon/testing';
import { Outbox, type OutboxOptions, type OutgoingMessage } from './outbox.js';

/** A broker that takes what it is given, or refuses, or does not answer. */
class Broker {
  readonly batches: string[][] = [];
  refusals = 0;
  pending: (() => void) | undefined;
  isSilent = false;

  send = async (messages: readonly OutgoingMessage[]): Promise<void> => {
    if (this.isSilent) await new Promise<void>((resolve) => (this.pending = resolve));
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error('no leader');
    }
    this.batches.push(messages.map(({ value }) => value));
  };
}

function setUp(options: Partial<OutboxOptions<string>> = {}) {
  const clock = new FakeClock();
  const broker = new Broker();
  const failures: unknown[] = [];
  const outbox = new Outbox<string>(clock, {
    capacity: 4,
    lingerMs: 50,
    encode: (text) => ({ key: '', value: text }),
    send: broker.send,
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  const put = (...items: string[]) => items.forEach((item) => outbox.put(item));
  return { clock, broker, outbox, put, failures };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('an outbox', () => {
  it('sends what gathered as one batch', async () => {
    const { clock, broker, outbox, put } = setUp();
    put('a', 'b');
    await clock.advance(49);
    expect(broker.batches).toEqual([]);
    await clock.advance(1);
    expect(broker.batches).toEqual([['a', 'b']]);
    expect([outbox.pending, outbox.sent, outbox.dropped]).toEqual([0, 2, 0]);
  });

  it('tries a refused batch again until it is taken, before anything newer, and complains once', async () => {
    const { clock, broker, put, failures } = setUp();
    broker.refusals = 3;
    put('a');
    await clock.advance(60);
    put('b');
    await clock.advance(5000);
    expect(broker.batches).toEqual([['a'], ['b']]);
    expect(failures).toHaveLength(1);
  });

  it('gives up the oldest of what may be lost, and counts it', async () => {
    const { clock, broker, outbox, put } = setUp();
    broker.isSilent = true;
    put('a');
    await clock.advance(50);
    put('b', 'c', 'd', 'e', 'f', 'g');
    expect([outbox.pending, outbox.dropped]).toEqual([5, 2]);
    broker.isSilent = false;
    broker.pending!();
    await turn();
    expect(broker.batches).toEqual([['a'], ['d', 'e', 'f', 'g']]);
  });

  it('shrinks what may not be lost to a word that says so', async () => {
    const { clock, broker, outbox, put } = setUp({ summary: 'read again', lingerMs: 0 });
    broker.refusals = 1;
    put('a', 'b', 'c', 'd', 'e', 'f');
    expect(outbox.dropped).toBe(5);
    await clock.advance(1000);
    expect(broker.batches).toEqual([['read again', 'f']]);
  });

  it('leaves out a message that no broker would take', async () => {
    const { clock, broker, outbox, put } = setUp();
    put('a', 'x'.repeat(1_000_000), 'b');
    await clock.advance(50);
    expect(broker.batches).toEqual([['a', 'b']]);
    expect(outbox.dropped).toBe(1);
  });

  it('splits what gathered by bytes', async () => {
    const { clock, broker, put } = setUp();
    put('a'.repeat(200_000), 'b'.repeat(200_000), 'c'.repeat(200_000));
    await clock.advance(50);
    expect(broker.batches.map((batch) => batch.length)).toEqual([2, 1]);
  });

  it('sends the rest when it is closed', async () => {
    const { broker, outbox, put } = setUp();
    put('a');
    await outbox.close(1000);
    put('b');
    expect(broker.batches).toEqual([['a']]);
  });

  it('closes in time although the broker does not answer', async () => {
    const { clock, broker, outbox, put } = setUp();
    broker.isSilent = true;
    put('a');
    const closed = outbox.close(1000);
    await clock.advance(1000);
    await closed;
    expect(outbox.pending).toBe(1);
  });
});
