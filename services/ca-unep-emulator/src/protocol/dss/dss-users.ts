import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore, type Resettable } from '@poligon/emulator-kit';
import type { DssAccount } from './dss-accounts.js';

const MAX_USERS = 100_000;

/** What is kept of one user of the sign server. On the wire requests and certificates are known by small numbers, from 1 on. */
export interface DssUser {
  /** A request and its certificate share one number; empty where a certificate had no request. */
  readonly requestIds: readonly string[];
  /** Certificates without a request, by number. */
  readonly certificateIds?: Readonly<Record<number, string>>;
  /** Digests of PIN codes by number; a number without one needs none. */
  readonly pins?: Readonly<Record<number, string>>;
  /** As the user management knows them; absent for somebody who only signed in. */
  readonly account?: DssAccount;
  /** This is an entry of the index by account id. */
  readonly login?: string;
}

const NOBODY: DssUser = { requestIds: [] };

/** A PIN code as it is kept. */
export const pinDigest = (user: string, number: number, pin: string): string =>
  createHash('sha256').update(`${number}:${user}:${pin}`).digest('hex');

/** Users of the sign server by name. */
@Injectable()
@ResetOnAdmin()
export class DssUsers implements Resettable {
  private readonly users: DocumentStore<DssUser>;

  constructor(state: State) {
    this.users = state.documents<DssUser>({ table: 'ca.dss_user', maxInMemory: MAX_USERS });
  }

  async find(name: string): Promise<DssUser> {
    return (await this.users.find(name)) ?? NOBODY;
  }

  async change(name: string, next: (user: DssUser) => DssUser): Promise<DssUser> {
    return (await this.users.change(name, (current) => next(current ?? NOBODY))) ?? NOBODY;
  }

  /** Gives the next number to a request, or to a certificate without one. @param pin empty: none */
  async number(
    name: string,
    what: { readonly requestId?: string; readonly certificateId?: string },
    pin: string,
  ): Promise<number> {
    const { requestIds } = await this.change(name, (user) => {
      const number = user.requestIds.length + 1;
      const { requestId = '', certificateId } = what;
      return {
        ...user,
        requestIds: [...user.requestIds, requestId],
        ...(certificateId === undefined ? {} : { certificateIds: { ...user.certificateIds, [number]: certificateId } }),
        ...(pin === '' ? {} : { pins: { ...user.pins, [number]: pinDigest(name, number, pin) } }),
      };
    });
    return what.requestId === undefined ? requestIds.length : requestIds.indexOf(what.requestId) + 1;
  }

  /** Names of the first users kept, entries of the index left out. */
  async accounts(limit: number): Promise<readonly DssAccount[]> {
    const { items } = await this.users.list({ limit });
    return items.flatMap(({ document }) => (document.account === undefined ? [] : [document.account]));
  }

  async reset(): Promise<void> {
    await this.users.remove();
  }
}
