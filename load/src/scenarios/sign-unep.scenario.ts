import type { DocumentCard } from '@poligon/hrlink-api';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { signerEntry } from './document-state.js';
import { pollUntil } from './poll-until.js';
import type { Scenario } from './scenario.js';
import { polling, think } from './scenario.js';
import { signWithCode } from './sign-with-code.js';

const KEEP_FOR_SAMPLE = 10_000;

/** An employee opens a received document and signs it with УНЭП and a code; done when the signature is there (4.3 e). */
export const signUnep: Scenario = {
  id: 'sign-unep',
  async run(context) {
    const { world, ordinal, desk, signal } = context;
    const unsigned = world.stock[ordinal];
    if (!unsigned) throw new OperationFailure('no document left to sign');
    const { documentId, number, signer } = unsigned;
    context.subject(signer.person);
    const employee = context.within(await desk.caller(signer.person, context.trace));
    const read = async () =>
      (await employee.call('document.get', { path: { id: documentId } })).need<DocumentCard>('document');
    await read();
    await think(context);
    await signWithCode(context, employee, { op: 'document.sign', id: documentId, number, person: signer.person });
    await pollUntil(polling(context), 'document signed', async () => {
      const entry = signerEntry(await read(), signer.employeeId);
      return entry?.signedDate ?? undefined;
    });
    if (world.signedDocumentIds.length < KEEP_FOR_SAMPLE && !signal.aborted) world.signedDocumentIds.push(documentId);
  },
};
