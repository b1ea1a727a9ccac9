import type { PersonEdit } from '../domain/person-edit.js';

/** What an engineer changed in accounts; everything else is computed. */
export abstract class PersonEditStore {
  /** @throws PersonEditStoreFull */
  abstract put(personIndex: number, edit: PersonEdit): Promise<void>;
  abstract find(personIndex: number): Promise<PersonEdit | undefined>;
  /** False when there was none. */
  abstract remove(personIndex: number): Promise<boolean>;
  /** Puts these edits in the place of all. @throws PersonEditStoreFull */
  abstract replaceAll(edits: readonly (readonly [number, PersonEdit])[]): Promise<void>;
  /** Newest first. */
  abstract list(limit: number): Promise<readonly (readonly [number, PersonEdit])[]>;
}

/** As many accounts are edited as the bound allows. */
export class PersonEditStoreFull extends Error {
  override readonly name = 'PersonEditStoreFull';
}
