import { expandPath, loadProfile } from '@poligon/hrlink-api';
import type { Addresses, Component } from './components.js';
import type { StandConfig } from './config.js';

/** The account every sender of the stand uses at the SMS gateway. */
const SMS_ACCOUNT = { login: 'poligon', password: 'poligon' };

/** Variables that tell a service where the others are. Every service gets all of them; each reads its own. */
export function wiringOf(addresses: Addresses, config: StandConfig): NodeJS.ProcessEnv {
  const sms = addresses['sms-gateway-stub'].protocolUrl;
  const ca = addresses['ca-unep-emulator'].protocolUrl;
  const esia = addresses['esia-stub'].protocolUrl;
  const hrlink = addresses['hrlink-reference'].protocolUrl;
  return {
    LOG_LEVEL: config.logLevel,
    ...(config.adminToken === undefined ? {} : { ADMIN_TOKEN: config.adminToken }),
    SMS_LOGIN: SMS_ACCOUNT.login,
    SMS_PASSWORD: SMS_ACCOUNT.password,
    HRLINK_SMS_URL: sms,
    HRLINK_SMS_LOGIN: SMS_ACCOUNT.login,
    HRLINK_SMS_PASSWORD: SMS_ACCOUNT.password,
    HRLINK_CA_URL: ca,
    HRLINK_ESIA_URL: esia,
    HRLINK_PUBLIC_URL: hrlink,
    HRLINK_API_TOKEN: config.apiToken,
    HRLINK_CA_STYLE: 'both',
    CA_SMS_URL: sms,
    CA_SMS_LOGIN: SMS_ACCOUNT.login,
    CA_SMS_PASSWORD: SMS_ACCOUNT.password,
    CA_ASTRAL_CALLBACK_URL: hrlink + expandPath(loadProfile(), 'ca.callback'),
    ESIA_PUBLIC_URL: esia,
    ONEC_HRLINK_URL: hrlink,
    ONEC_HRLINK_TOKEN: config.apiToken,
    ONEC_EMPLOYEES: String(config.onecEmployees),
    ONEC_EXPORT_ALL: 'true',
    ONEC_SCHEDULE_PROFILE: 'background',
  };
}

/** Variables that put a service on its ports. */
export function portsOf({ prefix }: Component, port: number, adminPort: number): NodeJS.ProcessEnv {
  return { [`${prefix}_PORT`]: String(port), [`${prefix}_ADMIN_PORT`]: String(adminPort) };
}

/** Variables that send the spans of a service to `host:port`, soon enough for the end of a short run. */
export function tracesTo(address: string | undefined): NodeJS.ProcessEnv {
  if (address === undefined) return {};
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${address}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_BSP_SCHEDULE_DELAY: '500',
  };
}
