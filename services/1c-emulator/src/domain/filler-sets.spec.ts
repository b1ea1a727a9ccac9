import { FillerSets } from './filler-sets.js';

describe('filler sets', () => {
  it('are as many as asked for, every name once', () => {
    const names = [...new FillerSets(1000).all()].map(({ name }) => name);
    expect(names).toHaveLength(1000);
    expect(new Set(names).size).toBe(1000);
  });

  it('are found by name, the same ones', () => {
    const filler = new FillerSets(200);
    for (const set of filler.all()) expect(filler.find(set.name)).toEqual(set);
  });

  it.each(['Catalog_Сотрудники', 'Catalog_ДополнительныеДанные0000', 'Catalog_ДополнительныеДанные9999', 'x', '0001'])(
    'do not know %s',
    (name) => {
      expect(new FillerSets(200).find(name)).toBeUndefined();
    },
  );

  it('end where their number ends', () => {
    const all = [...new FillerSets(14).all()];
    expect(new FillerSets(13).find(all[13]!.name)).toBeUndefined();
    expect([...new FillerSets(0).all()]).toEqual([]);
  });
});
