import type { DocumentGroup } from '@poligon/hrlink-api';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { documentsOf, documentState } from './document-state.js';
import { pollUntil } from './poll-until.js';
import type { Scenario, ScenarioContext } from './scenario.js';
import { polling } from './scenario.js';
import { documentDate, sendToSigning, uploadFile } from './send-to-signing.js';
import { documentNumber, documentTypeOf, fileOf, legalEntityOf, recipientOf } from './world.js';

/** HR uploads a file, creates a document for an employee and sends it; done when the registry shows it sent (4.3 a). */
export const sendDocument: Scenario = {
  id: 'send-document',
  async run(context) {
    const { hr, world, ordinal, clock } = context;
    const recipient = recipientOf(world, 'send-document', ordinal);
    if (recipient.person) context.subject(recipient.person);
    const number = documentNumber(world, 'D', ordinal);
    const fileId = await uploadFile(hr, fileOf(world, 'send-document', ordinal));
    await sendToSigning(hr, world, {
      externalId: number,
      number,
      fileId,
      date: documentDate(clock.now()),
      typeId: documentTypeOf(world, 'send-document', ordinal),
      legalEntityId: legalEntityOf(world, recipient),
      employeeIds: [recipient.employeeId],
    });
    context.accepted();
    await waitUntilSent(context, number);
  },
};

/** Polls HR's registry as integrations do: by their own id, which is the base document's id once it was multiplied. */
async function waitUntilSent(context: ScenarioContext, externalId: string): Promise<void> {
  const body = { documentExternalIds: [externalId], limit: 50, offset: 0 };
  await pollUntil(polling(context), 'document sent', async () => {
    const answer = await context.hr.call('documentGroups.getHrRegistry', { body });
    const states = documentsOf(answer.get<DocumentGroup[]>('items')).map(documentState);
    if (states.includes('rejected') || states.includes('deleted')) throw new OperationFailure('document not sent');
    return states.includes('sent') || states.includes('finished') ? true : undefined;
  });
}
