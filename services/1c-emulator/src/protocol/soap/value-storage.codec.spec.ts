import fc from 'fast-check';
import { readStoredText, writeStoredText } from './value-storage.codec.js';

describe('ХранилищеЗначения with a text', () => {
  it('gives back any text that was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await readStoredText(await writeStoredText(text), 1_000_000)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another form', Buffer.from([9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])],
    ['what does not unpack', Buffer.from([2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255])],
    ['a value that is no text', Buffer.concat([Buffer.from([1, 1, 5, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"N",1}')])],
  ])('reads nothing out of %s', async (_, stored) => {
    expect(await readStoredText(stored, 1000)).toBeUndefined();
  });

  it('does not unpack more than the limit', async () => {
    expect(await readStoredText(await writeStoredText('а'.repeat(100_000)), 1000)).toBeUndefined();
  });
});
