import { defaultPopulation } from '@poligon/people';
import { CaStand, regRequest } from './ca-stand.js';

let stand: CaStand;

beforeAll(async () => {
  stand = await CaStand.start({ CA_CALLBACK_TOKEN: 'tenant-secret' }, true);
});
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.admin('POST', '/reset');
  stand.tenant.forget();
});

const register = (id: string) => stand.astral('USIG_REG_REQUEST', id, regRequest(defaultPopulation.person(77)));
const eventsOf = async () => (await stand.admin('GET', '/events')).body.events;

/** Lets the authority notice an answer that is on its way: its note in the journal is the sign. */
async function callbackNoted(count: number): Promise<void> {
  for (let since = 0, seen = 0; seen < count;) {
    const { body } = await stand.admin('GET', `/journal?operation=astral.callback&since=${since}&wait=5000`);
    seen += body.entries.length;
    since = body.entries.at(-1).seq;
  }
}

describe('callbacks', () => {
  it('carry the token and the event', async () => {
    await register('cb-1');
    await stand.clock.advance(0);
    const { headers, url } = await stand.tenant.wait();
    expect(url).toBe('/ca-events');
    expect(headers).toMatchObject({
      authorization: 'Bearer tenant-secret',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('are repeated under the same id after 1 s and 2 s until one is answered with 2xx', async () => {
    stand.tenant.statuses.push(500, 503);
    await register('cb-2');
    await stand.admin('POST', '/issue-requests/cb-2/reject', { reason: 'STOP_LIST' });
    const first = await stand.event('USIG_REG_REJECTED', 'cb-2');
    await callbackNoted(1);
    await stand.clock.advance(999);
    expect(stand.tenant.calls).toHaveLength(1);
    await stand.clock.advance(1);
    await stand.event('USIG_REG_REJECTED', 'cb-2', 2);
    await callbackNoted(2);
    await stand.clock.advance(2000);
    const third = await stand.event('USIG_REG_REJECTED', 'cb-2', 3);
    await callbackNoted(3);
    expect(third).toEqual(first);
    expect(await eventsOf()).toMatchObject([{ id: first.id, delivery: { state: 'DELIVERED', tries: 3, last: '200' } }]);
    await stand.clock.advance(60_000);
    expect(stand.tenant.calls).toHaveLength(3);
  });

  it('are given up after 1, 2, 4, 8 and 16 s, and can be redelivered by hand', async () => {
    stand.tenant.statuses.push(500, 500, 500, 500, 500, 500);
    await register('cb-3');
    await stand.admin('POST', '/issue-requests/cb-3/reject', { reason: 'STOP_LIST' });
    for (const [count, pauseMs] of [1000, 2000, 4000, 8000, 16_000].entries()) {
      await callbackNoted(count + 1);
      await stand.clock.advance(pauseMs);
      await stand.event('USIG_REG_REJECTED', 'cb-3', count + 2);
    }
    await callbackNoted(6);
    const [event] = await eventsOf();
    expect(event.delivery).toEqual({ state: 'FAILED', tries: 6, last: '500' });
    expect((await stand.admin('POST', `/events/${event.id}/redeliver`)).status).toBe(202);
    expect(await stand.event('USIG_REG_REJECTED', 'cb-3', 7)).toMatchObject({ id: event.id });
  });

  it('stop when the tenant switches to polling', async () => {
    expect((await stand.admin('PUT', '/tenants/default/callback', { url: null })).body).toEqual({ url: null });
    await register('cb-4');
    await stand.admin('POST', '/issue-requests/cb-4/reject', { reason: 'DATA_ERROR' });
    expect(await eventsOf()).toMatchObject([{ type: 'USIG_REG_REJECTED', delivery: { state: 'NONE', tries: 0 } }]);
    expect(stand.tenant.calls).toHaveLength(0);
    await stand.admin('POST', '/reset');
    expect((await stand.admin('GET', '/tenants/default/callback')).body).toEqual({
      url: `${stand.tenant.url}/ca-events`,
    });
  });
});
