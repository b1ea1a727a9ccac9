import type { DocumentCard } from '@poligon/hrlink-api';
import { documentState } from './document-state.js';

const card = (over: Partial<DocumentCard>) =>
  ({
    draft: false,
    deleted: false,
    signed: false,
    rejected: false,
    docflowFinishedDate: null,
    annulledDate: null,
    baseDocumentId: 'b',
    ...over,
  }) as DocumentCard;
const done = '2026-01-01T00:00:00Z';

describe('document state as clients derive it', () => {
  it.each([
    [card({ draft: true, baseDocumentId: null }), 'draft'],
    [card({}), 'sent'],
    [card({ docflowFinishedDate: done, signed: true }), 'finished'],
    [card({ docflowFinishedDate: done, rejected: true }), 'rejected'],
    [card({ deleted: true }), 'deleted'],
    [card({ baseDocumentId: null, annulledDate: done }), 'annulled'],
    [card({ baseDocumentId: null }), undefined],
  ])('%# gives %s', (document, state) => {
    expect(documentState(document)).toBe(state);
  });
});
