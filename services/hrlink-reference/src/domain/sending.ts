import { type ClientUser, type Employee, validCertificate } from './client-user.js';
import type { DocumentContent, DocumentSigner, HrDocument } from './document.js';
import type { RouteParticipant, RouteTemplate } from './route.js';

/** An employee together with the person behind. */
export interface Recipient {
  readonly employee: Employee;
  readonly user: ClientUser;
}

export interface SendingRules {
  readonly nowMs: number;
  /** Later HRlink releases let a document go out before the УНЭП is ready (spec section 8). */
  readonly allowUnsignedNqes: boolean;
}

/** Why a draft cannot be sent (90.421), or undefined when it can. Reasons are those of spec section 3. */
export function reasonNotSendable(
  content: DocumentContent,
  recipients: readonly Recipient[],
  rules: SendingRules,
): string | undefined {
  if (content.typeId === null) return 'Не указан тип документа';
  if (recipients.length === 0) return 'Не указаны сотрудники';
  if (content.templateKey === 'TO_INFORM' || content.templateKey === 'MANAGER_ONLY') return undefined;
  const unready = recipients.find(({ user }) => !canSign(user, rules));
  if (unready === undefined) return undefined;
  const why = unready.user.acceptedAtMs === null ? 'не принял приглашение' : 'не имеет действующей подписи';
  return `Сотрудник ${unready.employee.externalId ?? unready.employee.id} ${why}`;
}

function canSign(user: ClientUser, rules: SendingRules): boolean {
  if (user.acceptedAtMs === null) return false;
  return rules.allowUnsignedNqes || validCertificate(user, rules.nowMs) !== undefined;
}

export interface SendingParts {
  readonly route: RouteTemplate;
  readonly recipient: Recipient;
  readonly head: Recipient | undefined;
  /** Employees chosen for the template's selectable participants. */
  readonly chosen: ReadonlyMap<string, Recipient>;
  readonly newId: () => string;
}

/** Signers of the document of one employee: the route's participants, stage by stage, with people put in. */
export function signersFor(parts: SendingParts): DocumentSigner[] {
  return parts.route.stages.flatMap((stage) =>
    stage.participants.flatMap((participant) => {
      const person = personFor(parts, participant);
      return person === undefined ? [] : [newSigner(parts, participant, stage.indexNumber, person)];
    }),
  );
}

function personFor(parts: SendingParts, participant: RouteParticipant): Recipient | undefined {
  if (participant.type === 'EMPLOYEE') return parts.recipient;
  if (participant.type === 'EMPLOYER') return parts.chosen.get(participant.id) ?? parts.head;
  return parts.chosen.get(participant.id);
}

// Four arguments that all vary; an object would only be taken apart again.
function newSigner(
  parts: SendingParts,
  participant: RouteParticipant,
  order: number,
  person: Recipient,
): DocumentSigner {
  return {
    id: parts.newId(),
    employeeId: person.employee.id,
    clientUserId: person.user.id,
    signerType: participant.type === 'EMPLOYEE' ? 'EMPLOYEE' : 'HEAD_MANAGER',
    signingOrder: order,
    participantId: participant.id,
    isReader: participant.actionType === 'RECEIVING',
    availableAtMs: null,
    seenAtMs: null,
    signedAtMs: null,
    rejectedAtMs: null,
    rejectionComment: null,
    pending: null,
    signature: null,
  };
}

/** The document one employee receives from a draft: the draft stays its base (spec 2.6, 4.1). */
export function documentFromDraft(draft: HrDocument, parts: SendingParts, nowMs: number): HrDocument {
  return {
    ...draft,
    id: parts.newId(),
    externalId: null,
    baseDocumentId: draft.id,
    baseDocumentExternalId: draft.externalId,
    createdAtMs: nowMs,
    content: { ...draft.content, employeeIds: [parts.recipient.employee.id] },
    isDraft: false,
    sentAtMs: nowMs,
    signers: signersFor(parts),
    version: 1,
  };
}
