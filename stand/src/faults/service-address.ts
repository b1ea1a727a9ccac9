import { COMPONENTS, type Component } from '../components.js';
import { runningStand } from '../descriptor.js';

/** Short names of the services, as engineers call them. */
const SHORT: Readonly<Record<string, Component['name']>> = {
  sms: 'sms-gateway-stub',
  esia: 'esia-stub',
  ca: 'ca-unep-emulator',
  hrlink: 'hrlink-reference',
  '1c': '1c-emulator',
  onec: '1c-emulator',
};

/** What `--service` takes. */
export const SERVICE_NAMES: readonly string[] = [...Object.keys(SHORT), ...COMPONENTS.map(({ name }) => name)];

/** The whole name of a service. @throws Error naming the known services */
export function nameOf(service: string): Component['name'] {
  return componentOf(service).name;
}

/**
 * URL of a service's admin door: that of the stand running from `standFolder`, else the service's default port here.
 * @throws Error naming the known services
 */
export function adminUrlOf(service: string, standFolder: string): string {
  const { name, adminPort } = componentOf(service);
  return runningStand(standFolder)?.addresses[name]?.adminUrl ?? `http://127.0.0.1:${adminPort}`;
}

function componentOf(service: string) {
  const name = SHORT[service] ?? service;
  const component = COMPONENTS.find((candidate) => candidate.name === name);
  if (component === undefined)
    throw new Error(`--service: unknown "${service}", known are ${SERVICE_NAMES.join(', ')}`);
  return component;
}
