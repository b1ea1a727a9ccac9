import {
  readSettings,
  setting,
  stateSettings,
  value,
  type SettingValues,
  type StateConfig,
} from '@poligon/emulator-kit';
import { resolve } from 'node:path';

const settings = {
  ports: setting(
    'STAND_PORTS',
    value.oneOf(['default', 'free'], 'default'),
    'default: the documented ports where free, else any; free: any free ports',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    value.oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
    'log level of the services',
  ),
  folder: setting(
    'STAND_FOLDER',
    value.text('data/stand'),
    'where the descriptor and the logs of a running stand are kept',
  ),
  apiToken: setting(
    'HRLINK_API_TOKEN',
    value.text('11111111-1111-4111-8111-111111111111'),
    'User-Api-Token of the HR user',
  ),
  adminToken: setting('ADMIN_TOKEN', value.optionalText(), 'bearer token of every admin door'),
  otlpPort: setting(
    'STAND_OTLP_PORT',
    value.port(4318),
    'port at which a load run takes the spans of the services; 0 for none',
  ),
  state: setting(
    'STAND_STATE',
    value.oneOf(['folder', 'memory'], 'folder'),
    'where services keep their state when neither DATABASE_URL nor STATE_FOLDER says so: a folder of the stand, or memory',
  ),
  onecEmployees: setting('ONEC_EMPLOYEES', value.int(100, 1, 1_000_000), 'employees 1C exchanges per organisation'),
};

export type StandConfig = SettingValues<typeof settings>;

/** Reads the stand's settings. @throws SettingsError naming variable and rule */
export function readStandConfig(): StandConfig {
  return readSettings(settings, process.env);
}

/** Where the services keep their state. @throws SettingsError naming variable and rule */
export function readStateConfig(): StateConfig {
  return readSettings(stateSettings('STAND'), process.env);
}

/** The environment children inherit. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

/** Where the services keep their state: what somebody named, otherwise in `folder`, unless it is to be memory. */
export function stateEnvironment({ state }: Pick<StandConfig, 'state'>, folder: string): NodeJS.ProcessEnv {
  const isNamed = Boolean(process.env['DATABASE_URL'] || process.env['STATE_FOLDER']);
  return isNamed || state === 'memory' ? {} : { STATE_FOLDER: resolve(folder) };
}

/** Whether somebody named a collector of their own: the services then export to it directly. */
export function hasOwnCollector(): boolean {
  return Boolean(process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] || process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
}

/** Ends the process. */
export function exit(code: number): never {
  process.exit(code);
}
