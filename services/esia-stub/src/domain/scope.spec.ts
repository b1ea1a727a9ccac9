import { isKnownScope, readPersonScope, readScopes, scopesFor, tokenScope } from './scope.js';

describe('scopes', () => {
  it('are split on spaces without repeats and parameters', () => {
    expect(readScopes(' openid  fullname openid snils?oid=1 ').scopes).toEqual(['openid', 'fullname', 'snils']);
  });

  it('are told apart from scopes of organisations', () => {
    const url = 'http://esia.gosuslugi.ru/org_inn?org_oid=7';
    expect(readScopes(`openid ${url}`, 'org_shortname org_kpp=8')).toEqual({
      scopes: ['openid'],
      orgScopes: [
        { name: 'org_inn', orgOid: 7 },
        { name: 'org_shortname', orgOid: undefined },
        { name: 'org_kpp', orgOid: 8 },
      ],
    });
  });

  it('are read with the person they name', () => {
    expect(readPersonScope('prm_chg?oid=5')).toEqual({ name: 'prm_chg', oid: 5 });
    expect(readPersonScope('prm_chg')).toBeUndefined();
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
