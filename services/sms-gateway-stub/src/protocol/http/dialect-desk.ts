import { Injectable } from '@nestjs/common';
import { Clock, ProtocolError, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Account, Refusal } from '../../domain/account.js';
import type { Message } from '../../domain/message.js';
import { basicCredentials, bearerOf, Doorkeeper } from '../../flow/doorkeeper.js';
import { Gateway, type Recipient, type Submission } from '../../flow/gateway.js';
import { MessageStore } from '../../state/message.store.js';

/** What became of one recipient of a call: a message, or why there is none. */
export interface SentRecipient {
  readonly recipient: Recipient;
  readonly message?: Message | undefined;
  readonly refusal?: Refusal | undefined;
}

/** The steps every HTTP dialect takes: who calls, what is refused, what is sent, what is asked about. */
@Injectable()
export class DialectDesk {
  constructor(
    readonly gateway: Gateway,
    readonly clock: Clock,
    private readonly store: MessageStore,
    private readonly door: Doorkeeper,
  ) {}

  /** Sends to every recipient that is not refused; the results stand in the order of the recipients. */
  async send(submission: Submission, exchange: Exchange): Promise<readonly SentRecipient[]> {
    const { account, recipients } = submission;
    const refusals = this.gateway.refusals(account, submission, exchange);
    const allowed = recipients.filter((_, at) => refusals[at] === undefined);
    const accepted =
      allowed.length === 0 ? [] : await this.gateway.accept({ ...submission, recipients: allowed }, exchange);
    const messages = accepted[Symbol.iterator]();
    return recipients.map((recipient, at) =>
      refusals[at] === undefined
        ? { recipient, message: messages.next().value as Message }
        : { recipient, refusal: refusals[at] },
    );
  }

  /** A message of this account by the gateway's number. */
  async find(account: Account, id: number): Promise<Message | undefined> {
    const message = Number.isSafeInteger(id) ? await this.store.find(id) : undefined;
    return message?.dialect === account.dialect && message.account === account.login ? message : undefined;
  }

  /** Messages of this account, newest first. */
  list(account: Account, filter: { phone?: string | undefined; text?: string | undefined }, limit: number) {
    return this.store.recent({ ...filter, dialect: account.dialect, account: account.login }, limit);
  }

  /** The account of the given credentials, called from an allowed address. @throws ProtocolError `entry` */
  byPassword(request: FastifyRequest, dialect: string, given: Credentials, entry: string): Account {
    return this.admitted(request, this.door.byPassword(dialect, given.login, given.password), entry);
  }

  /** The account of an HTTP Basic header; the API key counts as the password. @throws ProtocolError `entry` */
  byBasic(request: FastifyRequest, dialect: string, entry: string): Account {
    const given = basicCredentials(request.headers.authorization);
    const account = this.door.byPassword(dialect, given?.login, given?.password, ({ apiKey }) => [apiKey]);
    return this.admitted(request, account, entry);
  }

  /** The account of a key. @throws ProtocolError `entry` */
  byKey(request: FastifyRequest, dialect: string, key: string | undefined, entry: string): Account {
    return this.admitted(request, this.door.byKey(dialect, key), entry);
  }

  /** The account of the key in the Authorization header, with or without a scheme. @throws ProtocolError `entry` */
  byBearer(request: FastifyRequest, dialect: string, entry: string): Account {
    return this.byKey(request, dialect, bearerOf(request.headers.authorization), entry);
  }

  private admitted(request: FastifyRequest, account: Account | undefined, entry: string): Account {
    if (account === undefined) this.door.noteFailure(request.ip);
    if (account === undefined || !this.door.isAllowed(account, request.ip)) throw new ProtocolError(entry);
    return account;
  }
}

export interface Credentials {
  readonly login: string | undefined;
  readonly password: string | undefined;
}
