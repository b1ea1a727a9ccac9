import type { NetworkInterfaceInfo } from 'node:os';
import { workerTraces } from './receiver-address.js';

const address = (text: string, family: 'IPv4' | 'IPv6', internal: boolean) =>
  ({ address: text, family, internal }) as NetworkInterfaceInfo;
const INTERFACES = {
  lo: [address('127.0.0.1', 'IPv4', true)],
  eth0: [address('fe80::1', 'IPv6', false), address('10.0.0.7', 'IPv4', false)],
};
const ENDPOINT = 'http://127.0.0.1:4318';

it.each([
  ['a receiver on all addresses by the one others can reach', '0.0.0.0:4318', undefined, true, 'http://10.0.0.7:4318'],
  ['the same of IPv6', '[::]:4318', undefined, true, 'http://10.0.0.7:4318'],
  ['a receiver on one address by that', '127.0.0.1:4318', undefined, true, ENDPOINT],
  ['the advertised address, whatever it is', '0.0.0.0:4318', 'https://otlp.test', true, 'https://otlp.test'],
  ['the loopback to threads of this process', '0.0.0.0:4318', 'https://otlp.test', false, ENDPOINT],
])('tells workers %s', (_, listen, advertise, isRemote, endpoint) => {
  expect(workerTraces(ENDPOINT, { listen, advertise, share: 0.5 }, isRemote, INTERFACES)).toEqual({
    endpoint,
    share: 0.5,
  });
});

it('tells workers nothing when the run has no receiver', () => {
  expect(workerTraces(undefined, {}, true)).toBeUndefined();
});

it('falls back to the loopback on a machine without a network', () => {
  expect(workerTraces(ENDPOINT, { listen: '0.0.0.0:4318' }, true, { lo: INTERFACES.lo })?.endpoint).toBe(ENDPOINT);
});
