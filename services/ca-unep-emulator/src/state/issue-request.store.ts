import type { IssueRequest } from '../domain/issue-request.js';

/** A person by one of the numbers engineers have at hand: phone (11 digits) or СНИЛС (11 digits). */
export type ApplicantKey = { readonly phone: string } | { readonly snils: string };

/** Keeps issue requests. A resolved promise means the change is kept. */
export abstract class IssueRequestStore {
  /** False when the id is taken; nothing is changed then. */
  abstract add(request: IssueRequest): Promise<boolean>;
  abstract find(id: string): Promise<IssueRequest | undefined>;
  /** Replaces the request by what `change` makes of it, with nothing in between; what `change` throws comes through. */
  abstract update(id: string, change: (request: IssueRequest) => IssueRequest): Promise<IssueRequest | undefined>;
  /** Newest first; of one applicant when `key` is given. */
  abstract recent(limit: number, key?: ApplicantKey): Promise<readonly IssueRequest[]>;
  /** Requests that are in a state now, in no particular order. */
  abstract inState(state: IssueRequest['state'], limit: number): Promise<readonly IssueRequest[]>;
  abstract clear(): Promise<void>;
}
