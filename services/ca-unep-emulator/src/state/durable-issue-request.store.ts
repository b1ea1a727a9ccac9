import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { IssueRequest } from '../domain/issue-request.js';
import { IssueRequestStore, type ApplicantKey } from './issue-request.store.js';

const KEEP_FOR_MS = 400 * 86_400_000;

/** Issue requests in a database. */
export class DurableIssueRequestStore extends IssueRequestStore {
  private readonly requests: DocumentStore<IssueRequest>;

  constructor(state: State) {
    super();
    this.requests = state.documents<IssueRequest>({
      table: 'ca.issue_request',
      columns: {
        snils: ({ applicant }) => applicant.snils,
        phone: ({ applicant }) => applicant.phone,
        state: ({ state: own }) => own,
      },
      keepForMs: KEEP_FOR_MS,
    });
  }

  add(request: IssueRequest): Promise<boolean> {
    return this.requests.add(request.id, request);
  }

  find(id: string): Promise<IssueRequest | undefined> {
    return this.requests.find(id);
  }

  update(id: string, change: (request: IssueRequest) => IssueRequest): Promise<IssueRequest | undefined> {
    return this.requests.change(id, (current) => (current === undefined ? undefined : change(current)));
  }

  async recent(limit: number, key?: ApplicantKey): Promise<readonly IssueRequest[]> {
    const page = await this.requests.list({
      ...(key === undefined ? {} : { where: { ...key } }),
      order: 'newest',
      limit,
    });
    return page.items.map(({ document }) => document);
  }

  async inState(state: IssueRequest['state'], limit: number): Promise<readonly IssueRequest[]> {
    const page = await this.requests.list({ where: { state }, order: 'newest', limit });
    return page.items.map(({ document }) => document);
  }

  async clear(): Promise<void> {
    await this.requests.remove();
  }
}
