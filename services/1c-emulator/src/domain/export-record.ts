/** Kinds of exported objects and the 1C catalogue their Ref_Key belongs to. */
export const EXPORT_KINDS = {
  organisation: 'Catalog_Организации',
  department: 'Catalog_ПодразделенияОрганизаций',
  position: 'Catalog_Должности',
  person: 'Catalog_ФизическиеЛица',
  employee: 'Catalog_Сотрудники',
  vacation: 'Catalog_Сотрудники',
  payslip: 'Document_РасчетныйЛистокКЭДО',
  'vacation-notice': 'Document_УведомлениеОбОтпускеКЭДО',
  'hr-document': 'Document_КадровыйДокументКЭДО',
} as const;

export type ExportKind = keyof typeof EXPORT_KINDS;
export const exportKinds = Object.keys(EXPORT_KINDS) as ExportKind[];

/** accepted: a task was taken; synced or failed: the task said so. */
export const EXPORT_STATES = ['accepted', 'synced', 'failed'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** One object 1C told HRLink about: Ref_Key, which is the externalId, and HRLink's own id once known. */
export interface ExportRecord {
  readonly kind: ExportKind;
  readonly refKey: string;
  readonly hrlinkId: string | null;
  readonly state: ExportState;
  /** Why HRLink did not take it. */
  readonly error: string | null;
  readonly runId: string;
  readonly acceptedAtMs: number | null;
  readonly completedAtMs: number | null;
}

/** What a task said of one object. */
export interface ExportResult {
  readonly refKey: string;
  readonly hrlinkId: string | null;
  readonly error: string | null;
}

/**
 * Counts of one kind. accepted, completed and failed count events: an object sent and what became of it; pending and
 * mapped count objects. What HRLink told of unasked is only mapped.
 */
export interface ExportTotals {
  accepted: number;
  completed: number;
  failed: number;
  pending: number;
  mapped: number;
}
