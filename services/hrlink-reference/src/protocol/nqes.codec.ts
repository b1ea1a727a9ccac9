import {
  literal,
  type Lna as WireLna,
  type NqesIssueRequest,
  type UserCertificate as WireCertificate,
} from '@poligon/hrlink-api';
import { profile } from '../config.js';
import type { UserCertificate } from '../domain/client-user.js';
import type { Lna } from '../domain/lna.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import type { StoredFile } from '../domain/stored-file.js';
import { isoDate } from './iso-date.js';

/** A УНЭП issue request (spec 2.8); `redirectUrl` is where the browser must go now. */
export function nqesIssueRequest(issue: NqesIssue, redirectUrl: string | null): NqesIssueRequest {
  return {
    id: issue.id,
    clientUserId: issue.clientUserId,
    state: literal(profile, 'nqesState', issue.state),
    caStyle: issue.caStyle,
    identificationType: literal(profile, 'identificationType', issue.identificationType),
    codeChannel: literal(profile, 'channel', issue.codeChannel),
    createdDate: isoDate(issue.createdAtMs),
    redirectUrl,
    certificateId: issue.certificateId,
    errorMessage: issue.errorMessage,
  };
}

export function userCertificate(certificate: UserCertificate): WireCertificate {
  return {
    id: certificate.id,
    serialNumber: certificate.serialNumber,
    caStyle: certificate.caStyle,
    notBefore: isoDate(certificate.notBeforeMs),
    notAfter: isoDate(certificate.notAfterMs),
    certificate: certificate.der.toString('base64'),
  };
}

export function lnaCard(lna: Lna, file: StoredFile | undefined): WireLna {
  return {
    id: lna.id,
    externalId: lna.externalId,
    name: lna.name,
    version: lna.version,
    state: literal(profile, 'lnaState', lna.state),
    fileProcessedDate: isoDate(file?.processedAtMs ?? null),
    fileConversionFailedDate: isoDate(file?.conversionFailedAtMs ?? null),
    approvalDocumentId: lna.approvalDocumentId,
    documentIds: [...lna.documentByEmployee.values()].filter((id) => id !== ''),
  };
}
