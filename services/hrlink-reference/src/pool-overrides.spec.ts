import { DEFAULT_POOLS } from './domain/pool-settings.js';
import { mergePools, poolOverrides } from './pool-overrides.js';

describe('HRLINK_POOLS', () => {
  it('changes only what it names', () => {
    const table = poolOverrides.parse('{"convert":{"workers":8,"alpha":0.1}}');
    expect(table.convert).toEqual({ ...DEFAULT_POOLS.convert, workers: 8, alpha: 0.1 });
    expect(table.read).toEqual(DEFAULT_POOLS.read);
    expect(poolOverrides.parse(undefined)).toEqual(DEFAULT_POOLS);
  });

  it.each([
    ['nonsense', 'must be JSON'],
    ['{"read":{"workers":0}}', 'read.workers: '],
    ['{"read":{"speed":1}}', 'read: '],
    ['{"unknown":{}}', 'Unrecognized key'],
    ['[]', 'must be JSON'],
  ])('refuses %s naming the place', (text, part) => {
    expect(poolOverrides.safeParse(text).error?.issues[0]?.message).toContain(part);
  });

  it('does not touch the table it starts from', () => {
    mergePools(DEFAULT_POOLS, { read: { workers: 99 } });
    expect(DEFAULT_POOLS.read.workers).toBe(8);
  });
});
