import { readSettings, setting, value, type SettingValues } from '@poligon/emulator-kit';

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
  onecEmployees: setting('ONEC_EMPLOYEES', value.int(100, 1, 1_000_000), 'employees 1C exchanges per organisation'),
};

export type StandConfig = SettingValues<typeof settings>;

/** Reads the stand's settings. @throws SettingsError naming variable and rule */
export function readStandConfig(): StandConfig {
  return readSettings(settings, process.env);
}

/** The environment children inherit. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

/** Ends the process. */
export function exit(code: number): never {
  process.exit(code);
}
