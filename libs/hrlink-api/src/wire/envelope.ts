/** Wire shapes of section 2.1 and 3: dates are ISO 8601 UTC strings, ids are UUID strings. */

/** Answer of every JSON call that succeeded; the payload keys stand beside `result`. */
export type Success<T = object> = { result: true } & T;

export interface Failure {
  result: false;
  errorId: string;
  errorMessage: string;
  errorCode: string;
  operationCode: string;
  errorData: Record<string, unknown>;
}

export interface Ref {
  id: string;
}

export interface NamedRef extends Ref {
  name: string;
}

export interface Page {
  limit?: number | null;
  offset?: number | null;
}

export interface CurrentUserAnswer {
  currentUser: {
    id?: string;
    login?: string | null;
    clients: { id: string }[];
    clientUser?: { id: string; externalId: string | null } | null;
    employees?: { id: string; externalId: string | null; legalEntityId: string }[];
  };
}

export interface UploadedFile {
  id: string;
  creatorId: string | null;
  name: string;
  createdDate: string;
}
