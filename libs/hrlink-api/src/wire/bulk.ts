import type { DepartmentInput, EmployeePositionInput, LegalEntityInput, PersonInput } from './people.js';

/** Wire shapes of section 2.4: the bulk sync task. */
export interface BulkEmployeeInput {
  externalId: string;
  legalEntityExternalId: string;
  departmentExternalId: string;
  positionExternalId: string;
  tags?: string[] | null;
  roleIds?: string[] | null;
  availableVacationDayCount?: number | null;
  number?: string | null;
  mainWorkplace?: boolean | null;
}

export interface BulkClientUser extends PersonInput {
  externalId: string;
  userExternalIds?: { systemType: string; value: string }[] | null;
  employees?: BulkEmployeeInput[] | null;
}

export interface BulkVacationsPlanning {
  externalId: string;
  legalEntityExternalId?: string | null;
  availableVacationsPlanning: {
    planningYear: number;
    basicVacationDayCount: number;
    additionalVacationDayCount: number;
  }[];
}

export type BulkItemInput =
  LegalEntityInput | DepartmentInput | EmployeePositionInput | BulkClientUser | BulkVacationsPlanning;

export interface BulkTaskInput {
  type: string;
  data: BulkItemInput[];
}

export interface BulkItemResult {
  id: string | null;
  externalId: string | null;
  state: string | null;
  result: string | null;
  errorMessage: string | null;
  errorData: Record<string, unknown> | null;
}

export interface BulkTask {
  id: string;
  type: string;
  state: string;
  counts: { total: number; processed: number; succeeded: number; failed: number };
  data: BulkItemResult[];
  createdDate: string;
}
