import type { DocumentGroup, DocumentInput } from '@poligon/hrlink-api';
import { pollUntil } from '../scenarios/poll-until.js';
import { documentsOf, documentState } from '../scenarios/document-state.js';
import type { ScenarioContext } from '../scenarios/scenario.js';
import { polling } from '../scenarios/scenario.js';
import { documentDate } from '../scenarios/send-to-signing.js';
import type { UnsignedDocument } from '../scenarios/world.js';
import { documentNumber, legalEntityOf, signerOf } from '../scenarios/world.js';

const DOCUMENTS_PER_GROUP = 20;

/** Splits the wanted number of documents into the ordinals of each group. */
export function groupsOf(count: number): number[][] {
  const ordinals = Array.from({ length: count }, (_, nth) => nth);
  const groups: number[][] = [];
  while (ordinals.length > 0) groups.push(ordinals.splice(0, DOCUMENTS_PER_GROUP));
  return groups;
}

/** Sends one group of documents for signing, one signer each, and waits until the signers have them. */
export async function sendGroup(
  context: ScenarioContext,
  fileId: string,
  ordinals: readonly number[],
): Promise<UnsignedDocument[]> {
  const { hr, world, clock } = context;
  const planned = ordinals.map((ordinal) => ({
    number: documentNumber(world, 'S', ordinal),
    signer: signerOf(world, ordinal),
  }));
  const route = world.employeeOnlyRouteId
    ? { routeTemplateId: world.employeeOnlyRouteId, signingOrder: null }
    : { signingOrder: 'EMPLOYEE_ONLY' };
  const documents = planned.map(({ number, signer }): DocumentInput => ({
    externalId: number,
    fileId,
    typeId: world.documentTypeId,
    number,
    date: documentDate(clock.now()),
    legalEntityId: legalEntityOf(world, signer),
    employeeIds: [signer.employeeId],
    ...route,
  }));
  await hr.call('documentGroups.sendToSigning', { body: { name: `Запас ${planned[0]?.number}`, documents } });
  const ids = await pollUntil(polling(context), 'stock sent', () =>
    sentCopies(
      context,
      planned.map((p) => p.number),
    ),
  );
  return planned.map(({ number, signer }) => ({ number, signer, documentId: ids.get(number) as string }));
}

/** Ids of the employees' copies by the base document's external id, once all of them exist. */
async function sentCopies(context: ScenarioContext, numbers: string[]): Promise<Map<string, string> | undefined> {
  const body = { documentExternalIds: numbers, limit: 1000, offset: 0 };
  const answer = await context.hr.call('documentGroups.getHrRegistry', { body });
  const ids = new Map<string, string>();
  for (const card of documentsOf(answer.get<DocumentGroup[]>('items'))) {
    if (documentState(card) === 'sent' && card.baseDocumentExternalId) ids.set(card.baseDocumentExternalId, card.id);
  }
  return numbers.every((number) => ids.has(number)) ? ids : undefined;
}
