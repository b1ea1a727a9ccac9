import { FakeClock } from '@poligon/testing';
import { DatabaseError, StateUnavailableError } from './database.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

const gone = () => DatabaseError.from({ code: 'ECONNREFUSED', message: 'connect refused' }, true);
const lost = () => DatabaseError.from(new Error('Connection terminated unexpectedly'));
const refused = () => DatabaseError.from({ code: '22P02', message: 'invalid input' });

/** A database of the test's making: answers each batch as the script says, then doubles every row. */
function scripted(script: readonly (() => Error)[] = [], options: Partial<GroupCommitOptions<number, number>> = {}) {
  const clock = new FakeClock();
  const batches: number[][] = [];
  const failures = [...script];
  const write = async (rows: readonly number[]) => {
    batches.push([...rows]);
    const failure = failures.shift();
    if (failure !== undefined) throw failure();
    return rows.map((row) => row * 2);
  };
  const settings = { name: 'birds', maxRows: 4, maxWaiting: 10, giveUpMs: 5000, isRepeatable: true, ...options };
  return { clock, batches, group: new GroupCommit<number, number>(clock, { write, ...settings }) };
}

/** Lets promises and the event loop go on, time included. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let at = 0; at < 5; at += 1) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(ms);
  for (let at = 0; at < 5; at += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('GroupCommit', () => {
  it('writes what came in one turn of the event loop together, at most so many at a time', async () => {
    const { group, batches } = scripted();
    expect(await Promise.all([1, 2, 3, 4, 5].map((row) => group.add(row)))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1, 2, 3, 4], [5]]);
    expect(group.waiting).toBe(0);
  });

  it('gathers what comes while a statement is under way', async () => {
    const { group, batches } = scripted();
    const first = group.add(1);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, group.add(2), group.add(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('refuses at once what the queue does not hold', async () => {
    const { group } = scripted([], { maxWaiting: 2 });
    const kept = [group.add(1), group.add(2)];
    await expect(group.add(3)).rejects.toThrow('birds: 2 writes wait for the database already');
    expect(await Promise.all(kept)).toEqual([2, 4]);
  });

  it('waits for a database that comes back, in the same order', async () => {
    const { group, clock, batches } = scripted([gone, lost]);
    const written = Promise.all([group.add(1), group.add(2)]);
    await pass(clock, 50);
    const later = group.add(3);
    await pass(clock, 100);
    expect(await written).toEqual([2, 4]);
    expect(await later).toBe(6);
    expect(batches).toEqual([
      [1, 2],
      [1, 2],
      [1, 2, 3],
    ]);
  });

  it('gives up when the database stays away', async () => {
    const { group, clock } = scripted(new Array(100).fill(gone));
    const written = expect(group.add(1)).rejects.toThrow(
      new StateUnavailableError('birds: the database is out of reach: connect refused'),
    );
    for (let at = 0; at < 20; at += 1) await pass(clock, 1000);
    await written;
    expect(group.waiting).toBe(0);
  });

  it('does not repeat what may have had an effect when repeating is not the same as once', async () => {
    const { group, clock, batches } = scripted([gone, lost], { isRepeatable: false });
    const written = expect(group.add(1)).rejects.toThrow(StateUnavailableError);
    for (let at = 0; at < 4; at += 1) await pass(clock, 1000);
    await written;
    expect(batches).toEqual([[1], [1]]);
  });

  it('lets one row that is refused not take the others with it', async () => {
    const clock = new FakeClock();
    const group = new GroupCommit<number, number>(clock, {
      name: 'birds',
      maxRows: 100,
      maxWaiting: 100,
      giveUpMs: 1000,
      isRepeatable: true,
      write: async (rows) => {
        if (rows.includes(13)) throw refused();
        return rows.map((row) => row * 2);
      },
    });
    const settled = await Promise.allSettled([11, 12, 13, 14, 15].map((row) => group.add(row)));
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('tells when nothing waits any more', async () => {
    const { group } = scripted();
    const done: number[] = [];
    for (const row of [1, 2, 3]) void group.add(row).then((result) => done.push(result));
    await group.drained();
    expect(done).toEqual([2, 4, 6]);
  });
});
