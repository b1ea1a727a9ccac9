import { isRedirectAllowed } from './redirect-match.js';

describe('isRedirectAllowed', () => {
  it.each([
    ['https://a.test/cb', ['https://a.test/cb'], true],
    ['https://a.test/cb2', ['https://a.test/cb'], false],
    ['https://a.test/any?x=1', ['a.test'], true],
    ['https://sub.a.test/any', ['a.test'], true],
    ['https://nota.test/any', ['a.test'], false],
    ['https://a.test.evil.test/', ['a.test'], false],
    ['https://a.test@evil.test/', ['a.test'], false],
    ['http://127.0.0.1:8100/cb', ['127.0.0.1'], true],
    ['http://127.0.0.1:8100/cb', ['127.0.0.1:8100'], true],
    ['http://127.0.0.1:8101/cb', ['127.0.0.1:8100'], false],
    ['https://A.TEST/cb', ['a.test'], true],
    ['ftp://a.test/', ['a.test'], false],
    ['javascript:alert(1)', ['javascript:alert(1)'], false],
    ['not an address', ['a.test'], false],
    ['', [''], false],
  ])('%s against %j gives %s', (address, registered, expected) => {
    expect(isRedirectAllowed(address, registered)).toBe(expected);
  });
});
