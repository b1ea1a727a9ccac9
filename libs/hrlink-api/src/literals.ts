/** Words of HRLink's enumerations as code names them; the profile says how each is spelt on the wire. */
export const HRLINK_LITERALS = {
  taskState: ['QUEUED', 'IN_PROGRESS', 'FINISHED', 'FAILED'],
  bulkItemState: ['SYNCED', 'FAILED'],
  bulkItemResult: ['CREATED', 'UPDATED', 'NOT_MODIFIED'],
  bulkType: [
    'LEGAL_ENTITIES',
    'CLIENT_DEPARTMENTS',
    'EMPLOYEE_POSITIONS',
    'CLIENT_USERS',
    'CLIENT_USERS_V5',
    'EMPLOYEE_VACATIONS_PLANNING',
  ],
  signingType: ['SES', 'CLOUD_NQES', 'EXTERNAL_QES', 'GOV_KEY', 'PRR'],
  signingState: ['CREATED', 'CODE_SENT', 'CONFIRMED', 'SIGNED', 'FAILED', 'CANCELLED'],
  nqesState: [
    'ON_CONFIRMATION',
    'IN_PROCESSING',
    'ON_REVIEW',
    'ISSUED',
    'STOP_LIST',
    'SNILS_INN_ERROR',
    'DECLINED',
    'DATA_ERROR',
    'EXPIRED',
  ],
  lnaState: ['DRAFT', 'ON_APPROVAL', 'APPROVED', 'IN_PROGRESS', 'SIGNED', 'DELETED'],
  smevState: ['IN_PROGRESS', 'SUCCEEDED', 'FAILED'],
  identificationType: ['ONSITE', 'REMOTE'],
  channel: ['SMS', 'EMAIL'],
  impersonationIdType: ['EXTERNAL_ID', 'HRLINK_ID'],
} as const;

export type HrlinkLiteralKind = keyof typeof HRLINK_LITERALS;
export type HrlinkLiteral<K extends HrlinkLiteralKind> = (typeof HRLINK_LITERALS)[K][number];

export type TaskState = HrlinkLiteral<'taskState'>;
export type BulkType = HrlinkLiteral<'bulkType'>;
export type SigningType = HrlinkLiteral<'signingType'>;
export type SigningState = HrlinkLiteral<'signingState'>;
export type NqesState = HrlinkLiteral<'nqesState'>;
export type LnaState = HrlinkLiteral<'lnaState'>;
