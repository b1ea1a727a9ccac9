/** Exit code 0 when the service that this container runs answers /readyz on its admin door. */
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

const ADMIN_PORTS = {
  'hrlink-reference': ['HRLINK', 9100],
  '1c-emulator': ['ONEC', 9101],
  'ca-unep-emulator': ['CA', 9102],
  'sms-gateway-stub': ['SMS', 9103],
  'esia-stub': ['ESIA', 9104],
};

// One image runs any service; the first process's command line tells which.
const name = /dist\/services\/([a-z0-9-]+)\//.exec(readFileSync('/proc/1/cmdline', 'utf8'))?.[1];
const service = ADMIN_PORTS[name];
// The load module and the stand have no admin door of their own.
if (service === undefined) process.exit(0);
const [prefix, fallback] = service;
const port = process.env[`${prefix}_ADMIN_PORT`] || fallback;

get({ host: '127.0.0.1', port, path: '/readyz', timeout: 2000 }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
})
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
