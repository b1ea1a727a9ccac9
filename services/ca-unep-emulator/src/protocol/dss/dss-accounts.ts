import { Injectable } from '@nestjs/common';
import { Ids, ProtocolError } from '@poligon/emulator-kit';
import { createHash } from 'node:crypto';
import { isSameSecret } from '../credentials.js';
import { DssUsers } from './dss-users.js';

/** A phone of a user; codes go to a confirmed one. */
export interface DssPhone {
  readonly number: string;
  readonly isConfirmed: boolean;
}

/** What must be confirmed by a code: action bits of section 2.4, 2 is signing. */
export interface DssActionPolicy {
  readonly Action: number;
  readonly ConfirmationRequired: boolean;
}

/** A user as the user management of the token service knows them. */
export interface DssAccount {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  readonly phones: readonly DssPhone[];
  /** Last part of the names of authentication methods. */
  readonly methods: readonly string[];
  /** SHA-256, hex; absent: the common password. */
  readonly passwordHash?: string;
  readonly policy: readonly DssActionPolicy[];
}

export type NewAccount = Pick<DssAccount, 'login' | 'displayName' | 'email'> & {
  readonly phone: string;
  readonly password: string;
};

const SIGN_DOCUMENT = 2;
const MAX_LISTED = 10_000;
const MAX_PHONES = 20;
/** Cannot be a login: it holds a line break. */
const indexKey = (id: string): string => `id\n${id}`;
const hashed = (password: string): string => createHash('sha256').update(password).digest('hex');

/** Users of the token service: who they are, where their codes go, and what must be confirmed. */
@Injectable()
export class DssAccounts {
  constructor(
    private readonly users: DssUsers,
    private readonly ids: Ids,
  ) {}

  /** @returns the id. @throws ProtocolError `user_exists` */
  async create({ login, displayName, email, phone, password }: NewAccount): Promise<string> {
    const made: DssAccount = {
      ...{ id: this.ids.uuid(), login, displayName, email, policy: [], methods: ['password'] },
      phones: phone === '' ? [] : [{ number: phone, isConfirmed: false }],
      ...(password === '' ? {} : { passwordHash: hashed(password) }),
    };
    await this.users.change(indexKey(made.id), (entry) => ({ ...entry, login }));
    const { account } = await this.users.change(login, (user) => ({ ...user, account: user.account ?? made }));
    if (account?.id !== made.id) throw new ProtocolError('user_exists');
    return made.id;
  }

  /** @throws ProtocolError `user_not_found` */
  async find(id: string): Promise<DssAccount> {
    const { login } = await this.users.find(indexKey(id));
    const account = login === undefined ? undefined : (await this.users.find(login)).account;
    if (account?.id !== id) throw new ProtocolError('user_not_found');
    return account;
  }

  /** @throws ProtocolError `user_not_found` */
  async change(id: string, change: (account: DssAccount) => DssAccount): Promise<void> {
    const { login } = await this.find(id);
    await this.users.change(login, (user) =>
      user.account === undefined ? user : { ...user, account: change(user.account) },
    );
  }

  async addPhone(id: string, number: string): Promise<void> {
    await this.change(id, (account) => {
      const others = account.phones.filter((phone) => phone.number !== number);
      return { ...account, phones: [...others, { number, isConfirmed: false }].slice(-MAX_PHONES) };
    });
  }

  /** @throws ProtocolError `user_not_found`, `phone_not_found` */
  async confirmPhone(id: string, number: string): Promise<void> {
    const { phones } = await this.find(id);
    if (!phones.some((phone) => phone.number === number)) throw new ProtocolError('phone_not_found');
    const confirmed = (phone: DssPhone): DssPhone => (phone.number === number ? { number, isConfirmed: true } : phone);
    await this.change(id, (account) => ({ ...account, phones: account.phones.map(confirmed) }));
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.change(id, (account) => ({ ...account, passwordHash: hashed(password) }));
  }

  list(): Promise<readonly DssAccount[]> {
    return this.users.accounts(MAX_LISTED);
  }

  /** The user's own password, or the common one where there is none. */
  async isPasswordOf(login: string, given: string, common: string): Promise<boolean> {
    const { account } = await this.users.find(login);
    if (account?.passwordHash === undefined) return isSameSecret(given, common);
    return isSameSecret(hashed(given), account.passwordHash);
  }

  /** Where codes of the user go; undefined: nobody has told. */
  async phoneOf(login: string): Promise<string | undefined> {
    const { account } = await this.users.find(login);
    return account?.phones.find(({ isConfirmed }) => isConfirmed)?.number;
  }

  async mustConfirmSigning(login: string): Promise<boolean> {
    const { account } = await this.users.find(login);
    return (
      account?.policy.some(({ Action, ConfirmationRequired }) => Action === SIGN_DOCUMENT && ConfirmationRequired) ??
      false
    );
  }
}
