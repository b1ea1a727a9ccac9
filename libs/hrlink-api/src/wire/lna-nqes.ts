/** Wire shapes of section 2.8 and 4.3 (b), (d): local regulations and the issue of УНЭП. */

/** Body of lna.create. */
export interface LnaInput {
  name: string;
  typeId: string;
  effectiveDate: string;
  /** Text, shown as a number. */
  version: string;
  legalEntityId: string;
  fileId: string;
  departmentIds?: string[] | null;
  positionIds?: string[] | null;
  validUntil?: string | null;
  approvalRequired?: boolean | null;
  headManagerId?: string | null;
  autoSendTypeIds?: string[] | null;
  hideAfterSigning?: boolean | null;
  externalId?: string | null;
}

export interface Lna {
  id: string;
  externalId: string | null;
  name: string;
  version: string;
  state: string;
  fileProcessedDate: string | null;
  fileConversionFailedDate: string | null;
  /** Document the head manager signs with document.employerSign; null unless approval is required. */
  approvalDocumentId: string | null;
  documentIds: string[];
}

export interface LnaSendTask {
  id: string;
  lnaId: string;
  state: string;
  counts: { total: number; processed: number; skipped: number; failed: number };
  documents: { id: string | null; employeeId: string; errorMessage?: string }[];
}

export interface NqesIssueRequest {
  id: string;
  clientUserId: string;
  state: string;
  /** "astral": HRLink's 4-digit code, then acceptance; "kontur": the CA's own 6-digit code, no acceptance. */
  caStyle: 'astral' | 'kontur';
  identificationType: string;
  codeChannel: string;
  createdDate: string;
  /** Where the employee's browser must go while remote identification is awaited; otherwise null. */
  redirectUrl: string | null;
  certificateId: string | null;
  errorMessage: string | null;
}

export interface UserCertificate {
  id: string;
  serialNumber: string;
  caStyle: 'astral' | 'kontur';
  notBefore: string;
  notAfter: string;
  /** Base64 DER. */
  certificate: string;
}
