import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ProtocolError, type Exchange } from '@poligon/emulator-kit';
import { OID, PkiError, type SubjectAttribute } from '@poligon/pki';
import type { CaConfig } from '../../config.js';
import { checkApplicant } from '../../domain/applicant-checks.js';
import { ownerOf } from '../../domain/certificate-content.js';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal } from '../../domain/refusal.js';
import { canonicalSerial } from '../../domain/serial-number.js';
import { subjectId } from '../../domain/subject-id.js';
import { statusAt, type UnepCertificate } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { hintsOf } from '../answered.js';
import type { Ca20OperationName } from './ca20-contract.js';
import type { Ca20Answer, Ca20Arguments } from './ca20-envelope.js';
import { Ca20Tokens } from './ca20-tokens.js';
import { attributeOf, Ca20Users, type Ca20Condition, type Ca20User } from './ca20-users.js';
import { readRegistration, readRevocationOrder } from './raw-request.codec.js';
import { recordSet, type Row } from './record-set.js';

const PROFILE = 'ca20';
const MAX_PAGE_SIZE = 1000;
const MAX_PAGES = 1000;
const USER_COLUMNS = ['UserId', 'FolderId', 'RegRequestId', 'Email', 'Name', 'Status', 'CreationDate'];
const REQUEST_COLUMNS = ['RegRequestId', 'UserId', 'FolderId', 'Status', 'SentDate'];
const CERTIFICATE_COLUMNS = ['SerialNumber', 'Thumbprint', 'UserId', 'Status', 'Name', 'NotBefore', 'NotAfter'];
/** Operators of a condition that mean equality: clients send 8. */
const EQUALS = [1, 8];
const ACTIVE = 'A';
/** A certificate's state as lists show it and as `status` asks for it: in force, revoked, expired. */
const STATUS = { ISSUED: 'V', ACTIVE: 'V', REVOKED: 'R', EXPIRED: 'E' } as const;
const REJECTED = { STOP_LIST: 'stop_list', SNILS_INN_ERROR: 'snils_inn_error' } as const;

type Handler = (given: Ca20Arguments, hints: FaultHints) => Promise<Ca20Answer>;

/** What operators of the registration authority order (section 2.5), in terms of this one. */
@Injectable()
export class Ca20Desk {
  constructor(
    private readonly users: Ca20Users,
    private readonly tokens: Ca20Tokens,
    private readonly office: CertificateOffice,
    private readonly orders: IssueOrders,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'isSnilsInnChecked'>,
  ) {}

  private readonly handlers: Readonly<Record<Ca20OperationName, Handler>> = {
    SubmitAndAcceptRegRequest: (given, hints) => this.register(given, hints),
    GetRegRequestRecord: (given) => this.request(given.text('regRequestId')),
    CreateTokenForUser: (given) => this.createToken(given.text('userId')),
    GetCertificateRecordList: (given) => this.certificates(given),
    SubmitAndAcceptRevRequest: (given) => this.revoke(given.text('rawRequest')),
    GetUserRecordList: (given) => this.list(given),
  };

  /** @throws ProtocolError of the catalogue `ca20` */
  answer(name: Ca20OperationName, given: Ca20Arguments, exchange: Exchange): Promise<Ca20Answer> {
    return this.handlers[name](given, hintsOf(exchange));
  }

  /** A certificate for the key of a user who came with a token. @returns DER. @throws Refusal `unauthorized` when the user is gone, `bad_request` */
  async enrol(userId: string, spki: Buffer, hints: FaultHints): Promise<Buffer> {
    const user = await this.users.find(userId);
    if (user === undefined) throw new Refusal('unauthorized', 'authentication is required');
    return (await this.certify(user, spki, hints)).der;
  }

  private async register(given: Ca20Arguments, hints: FaultHints): Promise<Ca20Answer> {
    const { attributes, spki } = readRegistration(given.text('rawRequest'));
    this.check(attributes, hints);
    const userId = subjectId(this.ids.uuid(), ownerOf(attributes).person);
    const email = given.text('email').slice(0, 200) || attributeOf({ attributes }, OID.email);
    const names = { userId, requestId: this.ids.uuid(), folderId: given.text('folderId').slice(0, 100), email };
    const user: Ca20User = { ...names, attributes, atMs: this.clock.nowMs(), serials: [] };
    await this.users.add(user);
    if (spki !== undefined) await this.certifyAtOnce(user, spki, hints);
    return { result: user.requestId };
  }

  /** @throws ProtocolError `stop_list`, `snils_inn_error` */
  private check(attributes: readonly SubjectAttribute[], hints: FaultHints): void {
    const { snils, fullName: lastName } = ownerOf(attributes);
    const inn = attributeOf({ attributes }, OID.inn);
    const applicant = { lastName, firstName: '', snils, inn, identification: 'ONSITE' } as const;
    const { isSnilsInnChecked } = this.config;
    const code = checkApplicant({ applicant, hints, isSnilsInnChecked })?.code;
    if (code === 'STOP_LIST' || code === 'SNILS_INN_ERROR') throw new ProtocolError(REJECTED[code]);
  }

  private async certifyAtOnce(user: Ca20User, spki: Buffer, hints: FaultHints): Promise<void> {
    try {
      await this.certify(user, spki, hints);
    } catch (failure) {
      if (failure instanceof Refusal) throw new ProtocolError('invalid_request', { text: failure.message });
      throw failure;
    }
  }

  /** @throws Refusal `bad_request` when what is registered cannot be written into a certificate */
  private async certify(user: Ca20User, spki: Buffer, hints: FaultHints): Promise<UnepCertificate> {
    try {
      const certificate = await this.office.certify({
        subject: user.attributes.filter(({ value }) => value !== ''),
        spki,
        profile: PROFILE,
        hints,
      });
      await this.users.addSerial(user.userId, certificate.serialHex);
      return certificate;
    } catch (failure) {
      if (failure instanceof PkiError) throw new Refusal('bad_request', failure.message);
      throw failure;
    }
  }

  private async request(requestId: string): Promise<Ca20Answer> {
    const user = await this.users.ofRequest(requestId);
    if (user === undefined) throw new ProtocolError('request_not_found');
    const { userId, folderId, atMs } = user;
    const row = {
      RegRequestId: requestId,
      UserId: userId,
      FolderId: folderId,
      Status: ACTIVE,
      SentDate: isoTime(atMs),
    };
    return { result: recordSet(REQUEST_COLUMNS, [row]) };
  }

  private async createToken(userId: string): Promise<Ca20Answer> {
    await this.user(userId);
    const { login, password } = this.tokens.give(userId);
    return { out: { webLogin: login, webPassword: password } };
  }

  private async list(given: Ca20Arguments): Promise<Ca20Answer> {
    const { skip, count } = pageOf(given);
    const { users, total } = await this.users.page(conditionOf(given), skip, count);
    const rows = users.map((user) => ({
      ...{ UserId: user.userId, FolderId: user.folderId, RegRequestId: user.requestId, Email: user.email },
      ...{ Name: attributeOf(user, OID.commonName), Status: ACTIVE, CreationDate: isoTime(user.atMs) },
    }));
    return { result: recordSet(USER_COLUMNS, rows), out: { resultCount: rows.length, totalRowCount: total } };
  }

  /** Certificates of one user, or of those of the first users that fulfil the condition. */
  private async certificates(given: Ca20Arguments): Promise<Ca20Answer> {
    const { skip, count } = pageOf(given);
    const { users } = await this.users.page(conditionOf(given), 0, MAX_PAGE_SIZE);
    const wanted = given.text('status');
    const rows: Row[] = [];
    for (const user of users) {
      const own = await Promise.all(user.serials.map((serial) => this.office.findBySerial(serial)));
      const views = own.flatMap((found) =>
        found === undefined ? [] : [certificateRow(user, found, this.clock.nowMs())],
      );
      rows.push(...views.filter(({ Status }) => wanted === '' || Status === wanted));
    }
    const page = rows.slice(skip, skip + count);
    return {
      result: recordSet(CERTIFICATE_COLUMNS, page),
      out: { resultCount: page.length, totalRowCount: rows.length },
    };
  }

  private async revoke(rawRequest: string): Promise<Ca20Answer> {
    const { serialHex, thumbprint, reason } = readRevocationOrder(rawRequest);
    const found = await this.office.findBySerial(canonicalSerial(serialHex));
    const isMeant = found !== undefined && (thumbprint === '' || thumbprintOf(found) === thumbprint);
    if (!isMeant) throw new ProtocolError('certificate_not_found');
    try {
      await this.orders.revoke(found.id, found.profile, reason);
    } catch (failure) {
      if (failure instanceof Refusal) throw new ProtocolError('wrong_state', { text: failure.message });
      throw failure;
    }
    return { result: this.ids.uuid() };
  }

  /** @throws ProtocolError `user_not_found` */
  private async user(userId: string): Promise<Ca20User> {
    const user = await this.users.find(userId);
    if (user === undefined) throw new ProtocolError('user_not_found');
    return user;
  }
}

const isoTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19);

const thumbprintOf = ({ der }: UnepCertificate): string => createHash('sha1').update(der).digest('hex').toUpperCase();

function certificateRow(user: Ca20User, certificate: UnepCertificate, nowMs: number): Row {
  const { serialHex, fullName, notBeforeMs, notAfterMs } = certificate;
  return {
    ...{ SerialNumber: serialHex, Thumbprint: thumbprintOf(certificate), UserId: user.userId, Name: fullName },
    ...{ Status: STATUS[statusAt(certificate, nowMs)], NotBefore: isoTime(notBeforeMs), NotAfter: isoTime(notAfterMs) },
  };
}

/** Pages count from 1; a page without a size is the largest there is. */
function pageOf(given: Ca20Arguments): { readonly skip: number; readonly count: number } {
  const page = Math.min(Math.max(given.number('page'), 1), MAX_PAGES);
  const size = given.number('pageSize');
  const count = size > 0 ? Math.min(size, MAX_PAGE_SIZE) : MAX_PAGE_SIZE;
  return { skip: (page - 1) * count, count };
}

const COLUMNS: Readonly<Record<string, keyof Ca20Condition>> = {
  UserId: 'user_id',
  RegRequestId: 'request_id',
  Email: 'email',
  [`OID.${OID.email}`]: 'email',
  [`OID.${OID.commonName}`]: 'common_name',
};

/** @throws ProtocolError `unknown_field` for a field or an operator this authority cannot search by */
function conditionOf(given: Ca20Arguments): Ca20Condition {
  const field = given.text('conditionField');
  if (field === '') return {};
  const column = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
  if (column === undefined || !EQUALS.includes(given.number('conditionOperator'))) {
    throw new ProtocolError('unknown_field');
  }
  return { [column]: given.text('conditionValue') };
}
