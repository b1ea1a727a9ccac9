import type { DocumentSigner, HrDocument } from './document.js';
import {
  annulDocument,
  applySignature,
  deleteDocument,
  documentState,
  employerInTurn,
  isFullySigned,
  markSeen,
  openNextStage,
  rejectDocument,
  signerInTurn,
} from './document-lifecycle.js';
import { Refusal } from './refusal.js';
import { routeByKey } from './route-seed.js';
import { documentFromDraft, type Recipient } from './sending.js';

const recipient = (name: string): Recipient =>
  ({ employee: { id: `e-${name}`, externalId: name }, user: { id: `u-${name}` } }) as unknown as Recipient;

function draft(): HrDocument {
  return {
    id: 'draft',
    groupId: 'g',
    externalId: 'ext',
    baseDocumentId: null,
    baseDocumentExternalId: null,
    lnaId: null,
    createdAtMs: 0,
    content: { employeeIds: ['e-a', 'e-b'], templateKey: 'x' } as unknown as HrDocument['content'],
    isDraft: true,
    sentAtMs: null,
    signers: [],
    deletedAtMs: null,
    finishedAtMs: null,
    annulledAtMs: null,
    lastSignedAtMs: null,
    printFormUpdatedAtMs: null,
    version: 1,
  };
}

function sent(templateKey: string): HrDocument {
  const route = routeByKey(templateKey);
  if (route === undefined) throw new Error(templateKey);
  let next = 0;
  const parts = {
    route,
    recipient: recipient('a'),
    head: recipient('boss'),
    chosen: new Map(),
    newId: () => `id-${(next += 1)}`,
  };
  return documentFromDraft(draft(), parts, 10);
}

const sign = (document: HrDocument, signer: DocumentSigner | undefined): void =>
  applySignature(document, signer as DocumentSigner, Buffer.from('cms'), 20);
const order = (signers: readonly DocumentSigner[]): string[] => signers.map(({ signerType }) => signerType);

function refusal(action: () => unknown): Refusal {
  try {
    action();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('expected a refusal');
}

describe('a document made from a draft', () => {
  it('points to its base and belongs to one employee', () => {
    expect(sent('EMPLOYEE_ONLY')).toMatchObject({
      baseDocumentId: 'draft',
      baseDocumentExternalId: 'ext',
      externalId: null,
      isDraft: false,
      content: { employeeIds: ['e-a'] },
    });
  });

  it.each([
    ['MANAGER_FIRST', [['HEAD_MANAGER'], ['EMPLOYEE']]],
    ['EMPLOYEE_FIRST', [['EMPLOYEE'], ['HEAD_MANAGER']]],
    ['EMPLOYEE_ONLY', [['EMPLOYEE']]],
    ['MANAGER_ONLY', [['HEAD_MANAGER']]],
    ['ROUTE', [['HEAD_MANAGER'], ['EMPLOYEE']]],
  ])('%s opens its stages one after another', (templateKey, stages) => {
    const document = sent(templateKey);
    for (const expected of stages) {
      const opened = openNextStage(document, 15);
      expect(order(opened)).toEqual(expected);
      expect(isFullySigned(document)).toBe(false);
      opened.forEach((signer) => sign(document, signer));
    }
    expect(openNextStage(document, 16)).toEqual([]);
    expect(isFullySigned(document)).toBe(true);
  });

  it('TO_INFORM has nobody to sign', () => {
    const document = sent('TO_INFORM');
    expect(openNextStage(document, 15)).toEqual([]);
    expect(isFullySigned(document)).toBe(true);
    expect(refusal(() => signerInTurn(document, 'u-a'))).toMatchObject({ refusal: 'notFound' });
  });

  it('lets nobody sign out of turn, twice, or as a stranger', () => {
    const document = sent('MANAGER_FIRST');
    openNextStage(document, 15);
    expect(refusal(() => signerInTurn(document, 'u-a'))).toMatchObject({ data: { state: 'stage-closed' } });
    expect(refusal(() => signerInTurn(document, 'u-other'))).toMatchObject({ refusal: 'notFound' });
    sign(document, employerInTurn(document));
    expect(documentState(document)).toBe('signed-by-employer');
    expect(refusal(() => employerInTurn(document))).toMatchObject({ data: { state: 'signed' } });
    openNextStage(document, 16);
    sign(document, signerInTurn(document, 'u-a'));
    expect(refusal(() => signerInTurn(document, 'u-a'))).toMatchObject({ data: { state: 'signed' } });
  });

  it('is seen once', () => {
    const document = sent('EMPLOYEE_ONLY');
    expect([markSeen(document, 'u-a', 1), markSeen(document, 'u-a', 2)]).toEqual([true, false]);
    expect(document.signers[0]?.seenAtMs).toBe(1);
  });

  it('ends when a participant rejects', () => {
    const document = sent('EMPLOYEE_ONLY');
    openNextStage(document, 15);
    rejectDocument(document, signerInTurn(document, 'u-a'), 'нет', 20);
    expect(documentState(document)).toBe('rejected');
    expect(refusal(() => signerInTurn(document, 'u-a'))).toMatchObject({ data: { state: 'rejected' } });
  });

  it('signed by both is annulled, not deleted; anything else is deleted, not annulled', () => {
    const both = sent('MANAGER_FIRST');
    const half = sent('MANAGER_FIRST');
    sign(half, half.signers[0]);
    both.signers.forEach((signer) => sign(both, signer));
    expect(refusal(() => deleteDocument(both, 30))).toMatchObject({ refusal: 'wrongState' });
    annulDocument(both, 30);
    expect(refusal(() => annulDocument(both, 31))).toMatchObject({
      refusal: 'annulRefused',
      data: { reason: 'annulled' },
    });
    expect(refusal(() => annulDocument(half, 30))).toMatchObject({ data: { reason: 'not-signed-by-both' } });
    deleteDocument(half, 30);
    expect(documentState(half)).toBe('deleted');
    expect(refusal(() => deleteDocument(half, 31))).toMatchObject({ refusal: 'wrongState' });
  });
});
