import fc from 'fast-check';
import { ChangeLog } from './change-log.js';

const NODE = 'node';
const keys = (log: ChangeLog, messageNo: number) => log.select(NODE, messageNo).changes.map(({ key }) => key);
const written = (...names: string[]): ChangeLog => {
  const log = new ChangeLog(10);
  for (const key of names) log.record({ set: 'Catalog_X', key });
  return log;
};

describe('registration of changes', () => {
  it('repeats changes until their message is confirmed', () => {
    const log = written('a', 'b');
    expect(keys(log, 1)).toEqual(['a', 'b']);
    expect(keys(log, 2)).toEqual(['a', 'b']);
    expect(log.confirm(NODE, 1)).toBe(false);
    expect(log.confirm(NODE, 2)).toBe(true);
    expect(keys(log, 3)).toEqual([]);
  });

  it('keeps an object that was written again after the message had left', () => {
    const log = written('a', 'b');
    keys(log, 1);
    log.record({ set: 'Catalog_X', key: 'a' });
    log.confirm(NODE, 1);
    expect(keys(log, 2)).toEqual(['a']);
  });

  it('does not tell a node of what came from it', () => {
    const log = written('a');
    log.record({ set: 'Catalog_X', key: 'b' }, NODE);
    expect(keys(log, 1)).toEqual(['a']);
    expect(log.select('other', 1).changes).toHaveLength(2);
  });

  it('sends everything until the message that carried it is confirmed', () => {
    const log = written();
    log.registerWhole(NODE);
    expect(log.select(NODE, 1)).toMatchObject({ isWhole: true });
    expect(log.select(NODE, 2)).toMatchObject({ isWhole: true });
    log.confirm(NODE, 2);
    expect(log.select(NODE, 3)).toMatchObject({ isWhole: false });
  });

  it('never loses and never invents a change', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), key: fc.constantFrom('a', 'b', 'c') }),
      fc.constant({ kind: 'select' as const }),
      fc.constant({ kind: 'confirm' as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const log = new ChangeLog(2);
        const pending = new Map<string, number | undefined>();
        let messageNo = 0;
        for (const one of steps) {
          if (one.kind === 'write') {
            log.record({ set: 'X', key: one.key });
            pending.set(one.key, undefined);
          } else if (one.kind === 'select') {
            messageNo += 1;
            expect(new Set(keys(log, messageNo))).toEqual(new Set(pending.keys()));
            for (const key of pending.keys()) pending.set(key, messageNo);
          } else {
            log.confirm(NODE, messageNo);
            for (const [key, stamp] of pending) if (stamp !== undefined && stamp <= messageNo) pending.delete(key);
          }
        }
        expect(log.pending(NODE)).toBe(pending.size);
      }),
    );
  });
});
