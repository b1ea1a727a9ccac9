import type { ErrorCatalogue, FailedCall } from '@poligon/emulator-kit';

/** Hosts of the providers by dialect (sections 2.1-2.10, 3.3): clients that insist on one are led here by DNS. */
export const PROVIDER_HOSTS: Readonly<Record<string, readonly string[]>> = {
  smsc: [
    ...['smsc.ru', 'www.smsc.ru', 'www2.smsc.ru', 'www3.smsc.ru', 'www4.smsc.ru', 'www5.smsc.ru'],
    ...['smsc.kz', 'smsc.ua', 'smsclub24.ru'],
  ],
  smsru: ['sms.ru'],
  smsaero: ['gate.smsaero.ru', 'gate.smsaero.org', 'gate.smsaero.net', 'gate.smsaero.uz'],
  exolve: ['api.exolve.ru'],
  omni: ['omnichannel.mts.ru'],
  beeline: ['a2p-sms-https.beeline.ru'],
  megafon: ['a2p-api.megalabs.ru'],
  devino: ['api.devino.online'],
  iqsms: ['api.iqsms.ru'],
  twilio: ['api.twilio.com'],
};

const DIALECT_BY_HOST = new Map(
  Object.entries(PROVIDER_HOSTS).flatMap(([dialect, hosts]) => hosts.map((host) => [host, dialect] as const)),
);

/** Dialect of the host a call names, undefined when it is no provider's. */
export function dialectOfHost(host: string | undefined): string | undefined {
  return host === undefined ? undefined : DIALECT_BY_HOST.get(host.replace(/:\d*$/, '').toLowerCase());
}

/** The catalogue answers for whatever was sent to its provider's hosts; to any other host, for its own paths. */
export function answeringForHosts(errors: ErrorCatalogue): ErrorCatalogue {
  const owns = (call: FailedCall): boolean => {
    const dialect = dialectOfHost(call.header('host'));
    return dialect === undefined ? errors.owns(call) : dialect === errors.protocol;
  };
  return { ...errors, owns };
}
