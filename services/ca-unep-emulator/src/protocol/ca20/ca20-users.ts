import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore, type Resettable } from '@poligon/emulator-kit';
import { OID, type SubjectAttribute } from '@poligon/pki';

/** A user of the registration authority: how they were registered, and certificates made for them. */
export interface Ca20User {
  readonly userId: string;
  readonly requestId: string;
  readonly folderId: string;
  readonly email: string;
  readonly attributes: readonly SubjectAttribute[];
  readonly atMs: number;
  /** Serial numbers, upper-case hex, oldest first. */
  readonly serials: readonly string[];
}

/** What a list is narrowed by; a field without a column has no such condition. */
export type Ca20Condition = Readonly<Partial<Record<'user_id' | 'request_id' | 'email' | 'common_name', string>>>;

export interface Ca20Page {
  readonly users: readonly Ca20User[];
  readonly total: number;
}

const MAX_USERS = 100_000;
const MAX_SERIALS = 1000;

export const attributeOf = ({ attributes }: Pick<Ca20User, 'attributes'>, oid: string): string =>
  attributes.find((found) => found.oid === oid)?.value ?? '';

/** Users of the registration authority of УЦ 2.0, oldest first. */
@Injectable()
@ResetOnAdmin()
export class Ca20Users implements Resettable {
  private readonly users: DocumentStore<Ca20User>;

  constructor(state: State) {
    this.users = state.documents<Ca20User>({
      table: 'ca.ca20_user',
      maxInMemory: MAX_USERS,
      columns: {
        request_id: ({ requestId }) => requestId,
        email: ({ email }) => email,
        common_name: (user) => attributeOf(user, OID.commonName),
      },
    });
  }

  async add(user: Ca20User): Promise<void> {
    await this.users.put(user.userId, user);
  }

  find(userId: string): Promise<Ca20User | undefined> {
    return this.users.find(userId);
  }

  async ofRequest(requestId: string): Promise<Ca20User | undefined> {
    const { items } = await this.users.list({ where: { request_id: requestId }, limit: 1 });
    return items[0]?.document;
  }

  /** One page of those who fulfil every condition; at most `skip + count` are looked at. */
  async page({ user_id: userId, ...where }: Ca20Condition, skip: number, count: number): Promise<Ca20Page> {
    if (userId !== undefined) {
      const found = await this.users.find(userId);
      const users = found === undefined ? [] : [found];
      return { users: users.slice(skip, skip + count), total: users.length };
    }
    const { items } = await this.users.list({ where, limit: skip + count });
    const users = items.slice(skip).map(({ document }) => document);
    return { users, total: await this.users.count(where) };
  }

  async addSerial(userId: string, serialHex: string): Promise<void> {
    await this.users.change(userId, (user) =>
      user === undefined ? undefined : { ...user, serials: [...user.serials, serialHex].slice(-MAX_SERIALS) },
    );
  }

  async reset(): Promise<void> {
    await this.users.remove();
  }
}
