import { isKnownScope, parseScope, scopesFor, tokenScope } from './scope.js';

describe('scopes', () => {
  it('are split on spaces without repeats and parameters', () => {
    expect(parseScope(' openid  fullname openid snils?oid=1 ')).toEqual(['openid', 'fullname', 'snils']);
  });

  it.each(['openid', 'electronic_workbook', 'birthplace_ext', 'http://esia.gosuslugi.ru/usr_inf'])(
    'know %s',
    (name) => {
      expect(isKnownScope(name)).toBe(true);
    },
  );

  it.each(['', 'OPENID', 'all', 'constructor'])('do not know "%s"', (name) => {
    expect(isKnownScope(name)).toBe(false);
  });

  it('name the person in a token, openid excepted', () => {
    const claim = tokenScope(['openid', 'fullname', 'http://esia.gosuslugi.ru/usr_inf'], 1000);
    expect(claim).toBe('openid fullname?oid=1000 http://esia.gosuslugi.ru/usr_inf?oid=1000');
    expect([...scopesFor(claim, 1000)]).toEqual(['openid', 'fullname', 'http://esia.gosuslugi.ru/usr_inf']);
    expect([...scopesFor(claim, 1001)]).toEqual(['openid']);
  });
});
