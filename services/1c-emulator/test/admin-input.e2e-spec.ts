import { OneCStand } from './one-c.js';

let stand: OneCStand;
beforeAll(async () => {
  stand = await OneCStand.start();
});
afterAll(() => stand.stop());

describe('wrong input at the admin door', () => {
  it.each([
    ['an unknown job', 'GET', '/jobs/nap', undefined, 404, /^no job "nap", jobs are update-employees, /],
    ['an unknown job to run', 'POST', '/jobs/nap/run', undefined, 404, /^no job "nap"/],
    ['an unknown job to pause', 'POST', '/jobs/nap/pause', undefined, 404, /^no job "nap"/],
    ['runs of an unknown job', 'GET', '/jobs/nap/runs', undefined, 404, /^no job "nap"/],
    ['an unknown run', 'GET', '/jobs/fetch-employees/runs/x', undefined, 404, /^no run "x" of job "fetch-employees"$/],
    ['a bad wait', 'POST', '/jobs/fetch-employees/run?wait=soon', undefined, 400, /^wait: /],
    ['a bad limit', 'GET', '/jobs/fetch-employees/runs?limit=0', undefined, 400, /^limit: /],
    [
      'a bad schedule',
      'PUT',
      '/jobs/fetch-employees/schedule',
      { schedule: { at: '9' } },
      400,
      /^schedule\.at: must be HH:MM/,
    ],
    ['no schedule', 'PUT', '/jobs/fetch-employees/schedule', {}, 400, /^schedule: /],
    [
      'too many employees',
      'PUT',
      '/staff',
      { employees: 200_000 },
      400,
      /^employees: organisation 0 has 100000, 200000 needed$/,
    ],
    ['an unknown staff field', 'PUT', '/staff', { people: 1 }, 400, /Unrecognized key: "people"/],
    [
      'a bad number of organisations',
      'PUT',
      '/staff',
      { organisations: 0 },
      400,
      /^organisations: must be a whole number 1\.\.10000$/,
    ],
    ['an unknown kind', 'GET', '/exports?kind=nap', undefined, 400, /^kind: must be one of organisation, /],
    ['an unknown Ref_Key', 'GET', '/exports/nobody', undefined, 404, /^nothing was exported under "nobody"$/],
  ])('answers %s with one precise line', async (_, method, path, body, status, message) => {
    const reply = await stand.admin(method as 'GET', path, body);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatch(message);
    expect(reply.body.error).not.toContain('\n');
  });
});
