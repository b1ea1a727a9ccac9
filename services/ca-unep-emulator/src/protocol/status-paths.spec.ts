import { statusPath } from './status-paths.js';

describe('the path of a status service', () => {
  it.each([
    ['/OCSP/ocsp.srf', '/ocsp/ocsp.srf'],
    ['/ocsp2012/OCSP.SRF', '/ocsp/ocsp.srf'],
    ['/ocsp', '/ocsp/ocsp.srf'],
    ['/OCSP/ocsp.srf/MEUwQz%2BAbC/dE', '/ocsp/ocsp.srf/MEUwQz%2BAbC/dE'],
    ['/TSP/tsp.srf?x=1', '/tsp/tsp.srf?x=1'],
    ['/CDP/1-Delta.CRL', '/cdp/1-delta.crl'],
    ['/ocspx/ocsp.srf', '/ocspx/ocsp.srf'],
    ['/astral/OCSP', '/astral/OCSP'],
  ])('%s is served as %s', (given, served) => {
    expect(statusPath(given)).toBe(served);
  });
});
