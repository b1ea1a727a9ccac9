import type { NamedRef, Page, Ref } from './envelope.js';
import type { SigningInfo } from './documents.js';
import type { RouteStage, RouteTemplate } from './routes.js';

/** Wire shapes of section 2.7: applications. */
export interface ApplicationType {
  id: string;
  name: string;
  mintrudDocumentType: {
    id: string;
    name: string;
    code: string;
    signingByEmployeeSesEnabled: boolean;
    substitutorCreationHintEnabled: boolean;
  };
  templateFields: ApplicationTemplateField[];
  templatable: boolean;
  active: boolean;
  permittedByClientDepartments: { id: string; inheritByDescendantDepartments: boolean }[];
  routesPermissions: { clientDepartmentId: string; routeId: string }[];
  signingRouteTemplate: RouteTemplate;
}

export interface ApplicationTemplateField {
  id: string;
  substitutionKey: string;
  required: boolean;
  label: string;
  type: string;
  note: string | null;
  values: string[];
  specifiedByUser: boolean;
  usedAsEventDate: boolean;
  inputType: 'MANUAL' | 'CALCULATED';
}

/** Body of applicationGroups.create. */
export interface ApplicationGroupInput {
  applicationTypeId: string;
  employeeId?: string | null;
  legalEntityId: string;
  date: string;
  number?: string | null;
  externalId?: string | null;
  fileId?: string | null;
  templateFields?: { substitutionKey: string; value: string }[] | null;
  participants?: { id: string; employeeId: string }[] | null;
  attachments?: { fileId: string }[] | null;
}

export interface ApplicationSigner {
  id: string;
  lastName: string;
  firstName: string;
  patronymic: string | null;
  participantId: string;
  actionType: string;
  signingOrder: number;
  clientUserId: string;
  employee: { id: string; externalId: string | null; position: NamedRef; department: NamedRef; number: string | null };
  signingAvailabilityDate: string | null;
  madeDecision: boolean;
  signedDate: string | null;
  signingInfo: SigningInfo | null;
  rejectedDate: string | null;
  rejectionComment: string | null;
}

export interface Application {
  id: string;
  applicationGroupId: string;
  legalEntity: Ref & { name: string };
  originalFile: NamedRef | null;
  fileId: string | null;
  externalId: string | null;
  fileProcessedDate: string | null;
  fileConversionFailedDate: string | null;
  deletedDate: string | null;
  rejectedDate: string | null;
  docflowFinishedDate: string | null;
  signers: ApplicationSigner[];
  responsibles: { employeeId: string; takenDate: string }[];
  lastSignedDate: string | null;
  printFormUpdatedDate: string | null;
  version: number;
  eventDates: { label: string; value: string }[];
  comments: string[];
  recipients: unknown[];
}

export interface ApplicationGroup {
  id: string;
  creator: { id: string; lastName: string; firstName: string; patronymic: string | null };
  applicationType: NamedRef;
  date: string;
  number: string | null;
  templateFieldData: { userFields: Record<string, unknown>[]; systemFields: Record<string, unknown>[] };
  externalId: string | null;
  createdDate: string;
  sentDate: string | null;
  route: { id: string; name: string; templateId: string; stages: RouteStage[] };
  applications: Application[];
  attachments: { id: string; fileId: string; fileName: string; createdDate: string }[];
  version: number;
  attachmentUploadingAllowed: boolean;
}

export interface ApplicationRegistryFilter extends Page {
  applicationTypeIds?: string[] | null;
  applicationDateFrom?: string | null;
  applicationDateTo?: string | null;
  applicationCreatedDateFrom?: string | null;
  applicationCreatedDateTo?: string | null;
  applicationDocflowFinishedDateFrom?: string | null;
  applicationDocflowFinishedDateTo?: string | null;
  employeeIds?: string[] | null;
  legalEntityIds?: string[] | null;
  clientDepartmentIds?: string[] | null;
  applicationIds?: string[] | null;
  applicationStatuses?: string[] | null;
}
