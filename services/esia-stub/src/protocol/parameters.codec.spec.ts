import fc from 'fast-check';
import { formOf, Parameters, parseForm, parseParameters } from './parameters.codec.js';

describe('parameters', () => {
  it('read what URLSearchParams writes', () => {
    const names = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ unit: 'grapheme' })), (fields) => {
        const read = parseParameters(new URLSearchParams(fields).toString());
        expect(read.isReadable).toBe(true);
        for (const [name, value] of Object.entries(fields)) expect(read.get(name)).toBe(value);
      }),
    );
  });

  it('never throw, whatever bytes come', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => parseForm(Buffer.from(bytes)) instanceof Parameters));
  });

  it('read a plus as a space and keep the first of repeated values', () => {
    const read = parseParameters('a=1+2&b=%2B&a=3&c&=x');
    expect([read.get('a'), read.get('b'), read.get('c'), read.repeated]).toEqual(['1 2', '+', '', ['a']]);
    expect([read.has('c'), read.has('b')]).toEqual([false, true]);
  });

  it.each(['a=%', 'a=%ZZ', '%E0%A4%A=1', 'a=%FF'])('are unreadable in "%s"', (text) => {
    expect(parseParameters(text).isReadable).toBe(false);
  });

  it('are unreadable when the body was something else, and empty without a body', () => {
    expect(formOf({ json: true }).isReadable).toBe(false);
    expect(formOf(undefined).isReadable).toBe(true);
  });

  it('are filled only where nothing was sent', () => {
    const filled = parseParameters('a=1&b=').filledWith({ a: 'x', b: 'y' });
    expect([filled.get('a'), filled.get('b')]).toEqual(['1', 'y']);
  });
});
