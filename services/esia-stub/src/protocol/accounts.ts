import { Injectable } from '@nestjs/common';
import type { Exchange } from '@poligon/emulator-kit';
import type { Person } from '@poligon/people';
import { editedPerson, type PersonEdit } from '../domain/person-edit.js';
import { HINT } from '../faults/fault-hints.js';
import { PersonEditStore } from '../state/person-edit.store.js';
import { PersonDirectory } from './person-directory.js';

/** An account as it shows in one exchange: computed, then edited by the admin door, then changed by faults. */
export interface Account {
  readonly person: Person;
  readonly edit: PersonEdit | undefined;
  readonly isTrusted: boolean;
}

/** Accounts of ESIA. */
@Injectable()
export class Accounts {
  constructor(
    private readonly people: PersonDirectory,
    private readonly edits: PersonEditStore,
  ) {}

  async of(personIndex: number, exchange: Exchange): Promise<Account> {
    const edit = await this.edits.find(personIndex);
    const isStruck = exchange.hinted(HINT.unconfirmedAccount) !== undefined;
    return {
      person: editedPerson(this.people.person(personIndex), edit),
      edit,
      isTrusted: !isStruck && (edit?.isTrusted ?? true),
    };
  }
}
