import type { Addresses, Component } from './components.js';
import type { StandConfig } from './config.js';

/** Variables that tell a service where the others are. Every service gets all of them; each reads its own. */
export function wiringOf(addresses: Addresses, config: StandConfig): NodeJS.ProcessEnv {
  const sms = addresses['sms-gateway-stub'].protocolUrl;
  const ca = addresses['ca-unep-emulator'].protocolUrl;
  const esia = addresses['esia-stub'].protocolUrl;
  const hrlink = addresses['hrlink-reference'].protocolUrl;
  return {
    LOG_LEVEL: config.logLevel,
    ...(config.adminToken === undefined ? {} : { ADMIN_TOKEN: config.adminToken }),
    HRLINK_SMS_URL: sms,
    HRLINK_CA_URL: ca,
    HRLINK_ESIA_URL: esia,
    HRLINK_PUBLIC_URL: hrlink,
    HRLINK_API_TOKEN: config.apiToken,
    HRLINK_CA_STYLE: 'both',
    CA_SMS_URL: sms,
    CA_ASTRAL_CALLBACK_URL: `${hrlink}/integration/astral/events`,
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
