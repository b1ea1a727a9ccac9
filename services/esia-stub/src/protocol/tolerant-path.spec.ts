import { tolerantPath } from './tolerant-path.js';

describe('tolerantPath', () => {
  it.each([
    ['/', '/'],
    ['//', '/'],
    ['/rs/prns/1/', '/rs/prns/1'],
    ['/rs/prns/1//vhls?embed=(elements)', '/rs/prns/1/vhls?embed=(elements)'],
    ['/login?next=//x/', '/login?next=//x/'],
    ['/login/?a=1', '/login?a=1'],
  ])('makes %s into %s', (url, expected) => {
    expect(tolerantPath(url)).toBe(expected);
  });
});
