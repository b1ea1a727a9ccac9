import { esiaErrors } from './errors.js';

const call = (operation: string) => ({ method: 'GET', url: '/x', header: () => undefined, body: undefined, operation });

describe('the error catalogue', () => {
  it.each(esiaErrors.names.filter((name) => name !== 'gateway-page'))('renders %s in all three forms', (name) => {
    const token = esiaErrors.render(name, {}, call('esia.v3.te'));
    expect(JSON.parse(String(token.body))).toMatchObject({
      error: expect.any(String),
      error_description: expect.any(String),
    });
    const rest = esiaErrors.render(name, {}, call('esia.rs.prns'));
    expect(JSON.parse(String(rest.body))).toEqual(
      name.startsWith('ESIA-') ? { code: name, message: expect.any(String) } : {},
    );
    const page = esiaErrors.render(name, { returnTo: null }, call('esia.v2.ac'));
    expect(page.body).toContain('<html lang="ru">');
    // ESIA never goes back to an address it refused.
    if (name === 'ESIA-007023') return;
    const redirect = esiaErrors.render(name, { returnTo: 'https://a.test/cb', state: 'S' }, call('esia.login'));
    expect([redirect.status, redirect.headers['location']]).toEqual([
      302,
      expect.stringMatching(/^https:\/\/a\.test\/cb\?error_description=.+&state=S&error=[a-z_]+$/),
    ]);
  });

  it('names a problem for everything the listener itself refuses', () => {
    for (const name of Object.values(esiaErrors.problems)) expect(esiaErrors.names).toContain(name);
  });
});
