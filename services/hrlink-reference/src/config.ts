import { commonSettings, setting, SettingsError, type SettingValues, value } from '@poligon/emulator-kit';
import { type HrlinkProfile, loadProfile, ProfileError } from '@poligon/hrlink-api';
import { poolOverrides } from './pool-overrides.js';
import { workSettings } from './work-settings.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * The path profile. Routes are registered when controller classes are defined, before settings are read, so this one
 * variable is read here. @throws SettingsError with one line
 */
export const profile = readProfile(process.env['HRLINK_PATH_PROFILE'] || undefined);

const outside = {
  smsUrl: setting('HRLINK_SMS_URL', value.url('http://127.0.0.1:8103'), 'SMS gateway, SMSC.ru dialect'),
  smsLogin: setting('HRLINK_SMS_LOGIN', value.text('poligon'), 'login at the SMS gateway'),
  smsPassword: setting('HRLINK_SMS_PASSWORD', value.text('poligon'), 'password at the SMS gateway'),
  smsSender: setting('HRLINK_SMS_SENDER', value.text('HR-Link'), 'sender name of messages'),
  caUrl: setting('HRLINK_CA_URL', value.url('http://127.0.0.1:8102'), 'certification authority'),
  caToken: setting('HRLINK_CA_TOKEN', value.text('poligon'), 'bearer token for the Астрал contract'),
  caApiKey: setting('HRLINK_CA_API_KEY', value.text('poligon'), 'X-Api-Key for the Контур contract'),
  caCallbackToken: setting('HRLINK_CA_CALLBACK_TOKEN', value.optionalText(), 'bearer token the CA must call back with'),
  caStyle: setting(
    'HRLINK_CA_STYLE',
    value.oneOf(['astral', 'kontur', 'both'], 'astral'),
    'authority of the tenant; both alternates by legal entity',
  ),
  caPollMs: setting('HRLINK_CA_POLL_MS', value.int(1000, 50, 600_000), 'pause between questions for a CA result'),
  caResultTimeoutMs: setting(
    'HRLINK_CA_RESULT_TIMEOUT_MS',
    value.int(60_000, 100, DAY_MS),
    'longest wait for one signature of the CA',
  ),
  esiaUrl: setting('HRLINK_ESIA_URL', value.url('http://127.0.0.1:8104'), 'ESIA'),
  esiaClient: setting('HRLINK_ESIA_CLIENT', value.text('HRLINK'), 'mnemonic of this system at ESIA'),
  esiaSuite: setting(
    'HRLINK_ESIA_SUITE',
    value.oneOf(['gost2012-256', 'rsa-2048'], 'gost2012-256'),
    'algorithm of the key that signs ESIA requests',
  ),
  esiaKeyFile: setting('HRLINK_ESIA_KEY_FILE', value.optionalText(), 'PKCS#8 PEM; a key is made at start when not set'),
  esiaCertificateFile: setting('HRLINK_ESIA_CERTIFICATE_FILE', value.optionalText(), 'PEM certificate of that key'),
  publicUrl: setting(
    'HRLINK_PUBLIC_URL',
    value.optionalUrl(),
    'how others reach this service; its own address when not set',
  ),
  outgoingTimeoutMs: setting(
    'HRLINK_OUTGOING_TIMEOUT_MS',
    value.int(10_000, 50, 600_000),
    'limit of one outgoing call',
  ),
  outgoingAttempts: setting('HRLINK_OUTGOING_ATTEMPTS', value.int(3, 1, 20), 'tries of one outgoing call'),
  outgoingRetryMs: setting(
    'HRLINK_OUTGOING_RETRY_MS',
    value.int(500, 1, 60_000),
    'pause before a retry, doubled each time',
  ),
  hasNotices: setting('HRLINK_NOTICES', value.flag(true), 'send an SMS about each new document'),
};

const access = {
  pathProfile: setting('HRLINK_PATH_PROFILE', value.optionalText(), 'YAML file laid over the default path profile'),
  apiToken: setting('HRLINK_API_TOKEN', value.text('11111111-1111-4111-8111-111111111111'), 'User-Api-Token of HR'),
  clientId: setting('HRLINK_CLIENT_ID', value.text('22222222-2222-4222-8222-222222222222'), 'id of the only tenant'),
  maxSessions: setting('HRLINK_MAX_SESSIONS', value.int(5, 1, 1000), 'sessions of one person'),
  sessionIdleMs: setting('HRLINK_SESSION_IDLE_MS', value.int(8 * HOUR_MS, 1000, 30 * DAY_MS), 'idle life of a session'),
  masterTokenTtlMs: setting('HRLINK_MASTER_TOKEN_TTL_MS', value.int(600_000, 1000, DAY_MS), 'life of a master token'),
  inviteResendMs: setting('HRLINK_INVITE_RESEND_MS', value.int(300_000, 0, DAY_MS), 'pause between invitations'),
};

const codes = {
  documentCodeLength: setting('HRLINK_OTP_DOCUMENT_LENGTH', value.int(4, 4, 6), 'digits of a document code'),
  applicationCodeLength: setting('HRLINK_OTP_APPLICATION_LENGTH', value.int(6, 4, 6), 'digits of an application code'),
  nqesCodeLength: setting('HRLINK_OTP_NQES_LENGTH', value.int(4, 4, 6), 'digits of an Астрал issue code'),
  codeTtlMs: setting('HRLINK_OTP_TTL_MS', value.int(300_000, 1000, DAY_MS), 'life of a code'),
  codeAttempts: setting('HRLINK_OTP_ATTEMPTS', value.int(3, 1, 100), 'wrong entries a code survives'),
  codeResendMs: setting('HRLINK_OTP_RESEND_MS', value.int(60_000, 0, DAY_MS), 'pause before another code'),
};

const work = {
  pools: setting('HRLINK_POOLS', poolOverrides, 'JSON: capacity pools that differ from the defaults'),
  isPollShared: setting('HRLINK_SHARED_POLL', value.flag(false), 'registry polls use the write pool'),
  convertPerMbMs: setting(
    'HRLINK_CONVERT_PER_MB_MS',
    value.number(150, 0, 600_000),
    'added conversion time per megabyte',
  ),
  convertFailRatio: setting('HRLINK_CONVERT_FAIL_RATIO', value.number(0, 0, 1), 'share of conversions that fail'),
  bulkQueuedMs: setting('HRLINK_BULK_QUEUED_MS', value.int(200, 0, HOUR_MS), 'time a bulk task stays QUEUED'),
  maxBulkItems: setting('HRLINK_MAX_BULK_ITEMS', value.int(5000, 1, 100_000), 'items of one bulk task'),
  maxUploadBytes: setting('HRLINK_MAX_UPLOAD_BYTES', value.int(104_857_600, 1024, 1_073_741_824), 'bytes of one file'),
  maxUploadFiles: setting('HRLINK_MAX_UPLOAD_FILES', value.int(20, 1, 1000), 'files of one upload'),
  maxPageLimit: setting(
    'HRLINK_MAX_PAGE_LIMIT',
    value.int(1000, 1, 100_000),
    'greatest limit of a registry; larger is clamped',
  ),
  propagation: setting(
    'HRLINK_PROPAGATION',
    value.oneOf(['on', 'off'], 'on'),
    'off: looks like a system without tracing, each outgoing call begins a trace of its own',
  ),
  isUnsignedAllowed: setting(
    'HRLINK_ALLOW_UNSIGNED_NQES',
    value.flag(false),
    'send documents before the УНЭП is ready',
  ),
  identificationWaitMs: setting(
    'HRLINK_ESIA_WAIT_MS',
    value.int(DAY_MS, 100, 30 * DAY_MS),
    'wait for ESIA identification',
  ),
  issueWaitMs: setting('HRLINK_NQES_WAIT_MS', value.int(DAY_MS, 100, 30 * DAY_MS), 'wait for the CA to issue'),
  maxPeople: setting('HRLINK_MAX_PEOPLE', value.int(200_000, 10, 5_000_000), 'persons kept'),
  maxObjects: setting(
    'HRLINK_MAX_OBJECTS',
    value.int(100_000, 10, 5_000_000),
    'documents, files, tasks … kept of each kind',
  ),
  maxOpenSessions: setting('HRLINK_MAX_OPEN_SESSIONS', value.int(200_000, 10, 5_000_000), 'sessions kept'),
};

/** Every setting of this service. */
export const settings = {
  ...commonSettings('HRLINK', { protocol: 8100, admin: 9100 }),
  ...outside,
  ...access,
  ...codes,
  ...work,
  ...workSettings,
};

export type Config = SettingValues<typeof settings>;

function readProfile(file: string | undefined): HrlinkProfile {
  try {
    return loadProfile(file);
  } catch (failure) {
    if (!(failure instanceof ProfileError)) throw failure;
    throw new SettingsError(`HRLINK_PATH_PROFILE: ${failure.message}`);
  }
}
