import { commonSettings, setting, type SettingValues, value } from '@poligon/emulator-kit';
import { z } from 'zod';
import { FORMAT_VERSIONS } from './domain/tables/enterprise-objects.js';

const DAY_MS = 86_400_000;

const portal = {
  hrlinkUrl: setting('ONEC_HRLINK_URL', value.url('http://127.0.0.1:8100'), 'address of the HRLink portal'),
  hrlinkToken: setting(
    'ONEC_HRLINK_TOKEN',
    value.optionalText(),
    'User-Api-Token; without it every job fails as 1C does',
  ),
  hrlinkTenants: setting(
    'ONEC_HRLINK_TENANTS',
    value.optionalText(),
    'YAML file of portals and their organisations; one portal when not set',
  ),
  integratorId: setting(
    'ONEC_HRLINK_INTEGRATOR_ID',
    value.optionalText(),
    'integrator whose master tokens stand in for the User-Api-Token',
  ),
  integratorIssuer: setting('ONEC_HRLINK_INTEGRATOR_ISSUER', value.optionalText(), 'its issuer; its id when not set'),
  integratorKey: setting('ONEC_HRLINK_INTEGRATOR_KEY', value.optionalText(), 'file of its private RSA key, PEM'),
  esaUrl: setting('ONEC_HRLINK_ESA_URL', value.optionalText(), 'unified authorization; the portal itself when not set'),
  hrlinkImpersonate: setting('ONEC_HRLINK_IMPERSONATE', value.optionalText(), 'id of the user a master token acts for'),
  hrlinkImpersonateType: setting(
    'ONEC_HRLINK_IMPERSONATE_TYPE',
    value.oneOf(['EXTERNAL_ID', 'HRLINK_ID'], 'EXTERNAL_ID'),
    'what kind of id that is',
  ),
  hrlinkPathProfile: setting(
    'ONEC_HRLINK_PATH_PROFILE',
    value.optionalText(),
    'YAML file laid over the default path profile',
  ),
  callTimeoutMs: setting('ONEC_CALL_TIMEOUT_MS', value.int(30_000, 50, 600_000), 'limit of one call to HRLink'),
  retries: setting('ONEC_RETRIES', value.int(3, 0, 20), 'repeats of a call that got no answer, 429 or 5xx'),
  retryPauseMs: setting('ONEC_RETRY_PAUSE_MS', value.int(10_000, 0, 600_000), 'pause before a repeat'),
  taskPollMs: setting('ONEC_TASK_POLL_MS', value.int(3000, 1, 600_000), 'pause before each question about a bulk task'),
  taskTimeoutMs: setting(
    'ONEC_TASK_TIMEOUT_MS',
    value.int(600_000, 1, DAY_MS),
    'a job gives up a bulk task after this',
  ),
  batchSize: setting('ONEC_BATCH_SIZE', value.int(500, 1, 5000), 'items of one bulk task'),
  registryBatch: setting('ONEC_REGISTRY_BATCH', value.int(50, 1, 1000), 'rows of one registry page'),
  registryMaxPages: setting('ONEC_REGISTRY_MAX_PAGES', value.int(2000, 1, 100_000), 'pages one run reads at most'),
  printFormsPerRun: setting(
    'ONEC_PRINT_FORMS_PER_RUN',
    value.int(100, 0, 100_000),
    'printed forms one run fetches at most',
  ),
};

const ROUTES = ['TO_INFORM', 'EMPLOYEE_ONLY', 'EMPLOYEE_FIRST', 'MANAGER_FIRST', 'MANAGER_ONLY', 'ROUTE'] as const;

const documents = {
  payslipRoute: setting('ONEC_PAYSLIP_ROUTE', value.oneOf(ROUTES, 'TO_INFORM'), 'route of payslips'),
  vacationNoticeRoute: setting(
    'ONEC_VACATION_NOTICE_ROUTE',
    value.oneOf(ROUTES, 'EMPLOYEE_ONLY'),
    'route of notices of a leave',
  ),
  vacationNoticeDays: setting(
    'ONEC_VACATION_NOTICE_DAYS',
    value.int(14, 1, 365),
    'days between such a notice and the leave',
  ),
  documentRoute: setting('ONEC_DOCUMENT_ROUTE', value.oneOf(ROUTES, 'EMPLOYEE_ONLY'), 'route of documents to sign'),
  documentMode: setting(
    'ONEC_DOCUMENT_MODE',
    value.oneOf(['send', 'draft', 'sign'], 'send'),
    'documents to sign are sent, left as drafts, or sent and signed by the employer',
  ),
  documentsPerRun: setting(
    'ONEC_DOCUMENTS_PER_RUN',
    value.int(20, 0, 1_000_000),
    'documents to sign one run sends at most',
  ),
  documentsPerGroup: setting('ONEC_DOCUMENTS_PER_GROUP', value.int(50, 1, 1000), 'documents sent in one group'),
  filesPerUpload: setting('ONEC_FILES_PER_UPLOAD', value.int(10, 1, 1000), 'files of one upload'),
  documentParallel: setting('ONEC_DOCUMENT_PARALLEL', value.int(1, 1, 100), 'groups sent side by side'),
  documentsPerSecond: setting(
    'ONEC_DOCUMENTS_PER_SECOND',
    value.number(0, 0, 100_000),
    'documents sent a second at most; 0: no limit',
  ),
  documentBytes: setting('ONEC_DOCUMENT_BYTES', value.int(20_000, 1000, 104_857_600), 'size of a file'),
  sendTaskPoll: setting(
    'ONEC_SEND_TASK_POLL',
    value.flag(true),
    'ask once what became of a group; false: leave it to the registry, as the known connector does',
  ),
};

const infobase = {
  organisations: setting('ONEC_ORGANISATIONS', value.int(1, 1, 10_000), 'organisations of the infobase'),
  firstOrganisation: setting('ONEC_FIRST_ORGANISATION', value.int(0, 0, 10_000_000), 'index of the first of them'),
  employees: setting('ONEC_EMPLOYEES', value.int(200, 0, 1_000_000), 'employees per organisation'),
  firstEmployee: setting('ONEC_FIRST_EMPLOYEE', value.int(0, 0, 1_000_000), 'place of the first in the staff list'),
  exportAll: setting(
    'ONEC_EXPORT_ALL',
    value.flag(false),
    'export everybody, not only people HRLink knows: the first fill',
  ),
  publication: setting(
    'ONEC_PUBLICATION',
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be 1..64 letters, digits, dashes or underscores')
      .default('zup'),
    'name of the infobase on the web server',
  ),
  utcOffsetMinutes: setting('ONEC_UTC_OFFSET_MINUTES', value.int(180, -720, 840), 'local time of the 1C server'),
};

const schedule = {
  scheduleFile: setting('ONEC_SCHEDULE', value.optionalText(), 'YAML file of schedules; the built-in one when not set'),
  scheduleProfile: setting(
    'ONEC_SCHEDULE_PROFILE',
    value.text('daily'),
    'profile of that file: daily, background, manual',
  ),
  timeScale: setting('ONEC_TIME_SCALE', value.number(1, 0.001, 100_000), 'how many times faster 1C lives'),
  runHistory: setting('ONEC_RUN_HISTORY', value.int(200, 1, 100_000), 'runs kept of each job'),
  exportEntries: setting('ONEC_EXPORT_ENTRIES', value.int(200_000, 1, 5_000_000), 'exported objects remembered'),
  receivedEntries: setting('ONEC_RECEIVED_ENTRIES', value.int(100_000, 1, 5_000_000), 'received objects remembered'),
};

const publication = {
  httpServices: setting(
    'ONEC_HTTP_SERVICES',
    value.optionalText(),
    'YAML file of HTTP services; the built-in ones when not set',
  ),
  users: setting(
    'ONEC_USERS',
    value.optionalText(),
    'users of the infobase, `login:password` separated by commas; anybody may come when not set',
  ),
  reuseSessions: setting(
    'ONEC_REUSE_SESSIONS',
    value.oneOf(['dontuse', 'use', 'autouse'], 'autouse'),
    'how web services reuse sessions, as in default.vrd',
  ),
  sessionMaxAgeMs: setting('ONEC_SESSION_MAX_AGE_MS', value.int(20_000, 1, DAY_MS), 'an idle session ends after this'),
  poolSize: setting('ONEC_POOL_SIZE', value.int(10, 1, 100_000), 'sessions one user may have in the pool'),
  poolTimeoutMs: setting('ONEC_POOL_TIMEOUT_MS', value.int(5000, 0, 600_000), 'wait for a free session of the pool'),
  licences: setting('ONEC_LICENCES', value.int(0, 0, 1_000_000), 'sessions there are licences for; 0: no limit'),
};

const odata = {
  odataInlineCount: setting(
    'ONEC_ODATA_INLINE_COUNT',
    value.oneOf(['page', 'manual'], 'page'),
    '$top and $skip beside $inlinecount: honoured, or ignored as the manual says',
  ),
  odataCountBom: setting('ONEC_ODATA_COUNT_BOM', value.flag(true), 'BOM before the number of /$count'),
  odataIfMatch: setting(
    'ONEC_ODATA_IF_MATCH',
    value.oneOf(['ignore', 'enforce412'], 'ignore'),
    'If-Match with another DataVersion: ignored as observed, or 412 as the manual says',
  ),
  odataMaxRows: setting('ONEC_ODATA_MAX_ROWS', value.int(200_000, 1, 5_000_000), 'rows of one answer at most'),
  odataEntities: setting(
    'ONEC_ODATA_ENTITIES',
    value.int(0, 0, 20_000),
    'entities of $metadata at least, empty ones added; a whole ЗУП КОРП has 6943',
  ),
  odataMemoryBytes: setting(
    'ONEC_ODATA_MEMORY_BYTES',
    value.int(33_554_432, 0, 2_147_483_647),
    'answers kept until somebody writes; 0: none',
  ),
  maxObjects: setting('ONEC_MAX_OBJECTS', value.int(100_000, 1, 5_000_000), 'written objects kept'),
};

const MEGABYTE = 1_048_576;

const exchange = {
  exchangeNode: setting('ONEC_EXCHANGE_NODE', value.text('ЗУП'), 'code of this infobase in exchange plans'),
  exchangePeers: setting('ONEC_EXCHANGE_PEERS', value.text('КЭДО'), 'codes of its peers, separated by commas'),
  enterpriseData: setting(
    'ONEC_ENTERPRISE_DATA',
    value.oneOf(FORMAT_VERSIONS as [string, ...string[]], '1.21'),
    'newest version of EnterpriseData this infobase writes',
  ),
  exchangeFileBytes: setting(
    'ONEC_EXCHANGE_FILE_BYTES',
    value.int(256 * MEGABYTE, 1024, 2_147_483_647),
    'files of data exchange kept, all together',
  ),
  exchangeMessageBytes: setting(
    'ONEC_EXCHANGE_MESSAGE_BYTES',
    value.int(64 * MEGABYTE, 1024, 536_870_912),
    'a received message, unpacked',
  ),
};

const site = {
  siteUrl: setting(
    'ONEC_SITE_URL',
    value.optionalText(),
    'address of the web site 1C exchanges goods with; none when not set',
  ),
  siteUser: setting('ONEC_SITE_USER', value.optionalText(), 'login and password for it, `login:password`'),
  siteImportCalls: setting('ONEC_SITE_IMPORT_CALLS', value.int(100, 1, 100_000), 'calls to import one file at most'),
  siteImportSteps: setting(
    'ONEC_SITE_IMPORT_STEPS',
    value.int(2, 0, 100_000),
    'answers `progress` of the emulated site before it has imported a file',
  ),
  siteFileBytes: setting(
    'ONEC_SITE_FILE_BYTES',
    value.int(204_800, 1024, 104_857_600),
    'bytes of one chunk the emulated site takes',
  ),
};

/** Settings of the 1C emulator; the only reader of this service's environment. */
export const oneCSettings = {
  ...commonSettings('ONEC', { protocol: 8101, admin: 9101 }),
  ...portal,
  ...documents,
  ...infobase,
  ...schedule,
  ...publication,
  ...odata,
  ...exchange,
  ...site,
};

export type OneCConfig = SettingValues<typeof oneCSettings>;
