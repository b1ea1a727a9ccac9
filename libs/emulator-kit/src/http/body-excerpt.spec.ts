import { excerpt, urlExcerpt } from './body-excerpt.js';

describe('excerpt', () => {
  it.each([
    [undefined, undefined],
    [null, undefined],
    ['', ''],
    ['short', 'short'],
    ['x'.repeat(30), `${'x'.repeat(20)}...`],
    [Buffer.from('short'), 'short'],
    [Buffer.alloc(30), '30 bytes'],
    [{ a: 1 }, '{"a":1}'],
    [{ document: 'x'.repeat(30) }, '{"document":"xxxxxxx...'],
    [7, '7'],
  ])('of %j is %j', (body, expected) => {
    expect(excerpt(body, 20)).toEqual(expected);
  });

  it('keeps what a service took out of a body out of the journal', () => {
    const body = { code: '1234' };
    body.code = '(not kept)';
    expect(excerpt(body, 100)).toBe('{"code":"(not kept)"}');
  });

  it('gives up on what cannot be printed', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(excerpt(cyclic, 100)).toBe('(not printable)');
  });

  it('is quick about a body of many megabytes', () => {
    const body = { files: { first: 'x'.repeat(20_000_000) } };
    const startMs = performance.now();
    expect(String(excerpt(body, 4096))).toHaveLength(4099);
    expect(performance.now() - startMs).toBeLessThan(2000);
  });
});

it('cuts a path that is too long', () => {
  expect(urlExcerpt(`/${'a'.repeat(5000)}`)).toHaveLength(2051);
});
