import { nearestRoute } from './nearest-route.js';

const routes = [
  { operation: 'smsc.send', method: 'ALL', path: '/sys/send.php' },
  { operation: 'smsc.status', method: 'ALL', path: '/sys/status.php' },
  { operation: 'rest.send', method: 'POST', path: '/rest/send' },
  { operation: 'cert.get', method: 'GET', path: '/certificates/:serial/file' },
];

describe('nearestRoute', () => {
  it.each([
    ['GET', '/sys/sned.php?login=x', 'smsc.send', ['path: segment 2 is "sned.php", known is "send.php"']],
    ['GET', '/rest/send', 'rest.send', ['method: GET was called, known is POST']],
    [
      'DELETE',
      '/rest/sent',
      'rest.send',
      ['method: DELETE was called, known is POST', 'path: segment 2 is "sent", known is "send"'],
    ],
    ['POST', '/sys/status.php/extra', 'smsc.status', ['path: segment 3 is "extra", known path ends before it']],
    ['GET', '/certificates/77', 'cert.get', ['path: segment 3 is missing, known is "file"']],
    ['GET', '/SYS/status.php', 'smsc.status', ['path: segment 1 is "SYS", known is "sys"']],
  ])('%s %s was nearly %s', (method, url, operation, differences) => {
    expect(nearestRoute(routes, { method, url })).toEqual({ operation, differences });
  });

  it.each(['/', '/favicon.ico', '/a/b/c/d/e'])('has no guess for %s', (url) => {
    expect(nearestRoute(routes, { method: 'GET', url })).toBeUndefined();
  });

  it('is quick about a hostile path', () => {
    const startMs = performance.now();
    for (let at = 0; at < 100; at += 1) nearestRoute(routes, { method: 'GET', url: `/${'a/'.repeat(8000)}` });
    for (let at = 0; at < 100; at += 1) nearestRoute(routes, { method: 'GET', url: `/sys/${'a'.repeat(16_000)}` });
    expect(performance.now() - startMs).toBeLessThan(1000);
  });
});
