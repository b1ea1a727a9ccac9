import { Injectable } from '@nestjs/common';
import { Clock, Ids, ResetOnAdmin, type Exchange, type Resettable } from '@poligon/emulator-kit';
import { normalisePhone, normaliseSnils } from '@poligon/people';
import { z } from 'zod';
import { personIndexOf, type Applicant } from '../../domain/applicant.js';
import { Refusal } from '../../domain/refusal.js';
import { subjectId } from '../../domain/subject-id.js';
import { statusAt, type UnepCertificate } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { ContentSigner } from '../../flow/content-signer.js';
import { IssueOrders } from '../../flow/issue-orders.js';
import { DEFAULT_TENANT } from '../../flow/tenants.js';
import { BoundedMap } from '../../state/bounded-map.js';
import { IssueRequestStore, type ApplicantKey } from '../../state/issue-request.store.js';
import { field } from '../applicant-fields.js';
import { hintsOf } from '../answered.js';
import { checkedBody } from '../checked-body.js';

const PROFILE = 'signme';
/** Requests of one person that are looked at. */
const RECENT = 20;
const MAX_FILES = 10_000;
const { text, optional } = field;

const registerSchema = z.object({
  surname: text(60),
  name: text(60),
  lastname: optional(text(60)),
  bdate: optional(field.date),
  gender: optional(z.enum(['M', 'F'], { error: 'ожидается M или F' })),
  ps: optional(text(10)),
  pn: optional(text(20)),
  issued: optional(text(500)),
  pdate: optional(field.date),
  pcode: optional(text(10)),
  phone: field.phone,
  email: optional(text(255)),
  snils: field.snils,
  inn: field.inn,
});
const fileSchema = z.object({
  filet: z.base64().min(1),
  fname: z.string().min(1).max(500),
  user_ph: field.phone,
});

/** A document whose signature waits to be fetched. */
export interface SignedFile {
  readonly name: string;
  readonly cms: Buffer;
}

/** The Sign.Me profile in terms of the authority: registration, a check of who is known, and documents to sign. */
@Injectable()
@ResetOnAdmin()
export class SignMeDesk implements Resettable {
  private readonly files = new BoundedMap<SignedFile>(MAX_FILES);

  constructor(
    private readonly requests: IssueRequestStore,
    private readonly orders: IssueOrders,
    private readonly office: CertificateOffice,
    private readonly signer: ContentSigner,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Fields that an earlier request of this profile uses, each with the ids of those requests; others are left out. */
  async precheck(given: Readonly<Record<string, string>>): Promise<Record<string, { requests: string[] }>> {
    const phone = normalisePhone(given['phone'] ?? '');
    const snils = normaliseSnils(given['snils'] ?? '');
    const found: Record<string, { requests: string[] }> = {};
    for (const [name, key] of [
      ['phone', phone === undefined ? undefined : { phone }],
      ['snils', snils === undefined ? undefined : { snils }],
    ] as const) {
      const requests = key === undefined ? [] : await this.idsOf(key);
      if (requests.length > 0) found[name] = { requests };
    }
    return found;
  }

  /** @throws Refusal `bad_request`, `wrong_state` */
  async register(body: unknown, exchange: Exchange): Promise<{ id: string; qr: string }> {
    const applicant = applicantOf(checkedBody(registerSchema, body));
    const id = subjectId(this.ids.uuid(), personIndexOf(applicant));
    const application = { id, profile: PROFILE, tenant: DEFAULT_TENANT, applicant, hints: hintsOf(exchange) } as const;
    await this.orders.apply(application, 'ACCEPTED');
    exchange.onEnd(() => this.orders.begin(id));
    return { id, qr: `/signme/qr/${id}` };
  }

  /** Signs at once; the address tells where the signature is. @throws Refusal `bad_request`, `wrong_state` */
  async sign(file: unknown, exchange: Exchange): Promise<string> {
    const { filet, fname: name, user_ph: phone } = checkedBody(fileSchema, file);
    const order = {
      content: Buffer.from(filet, 'base64'),
      isDetached: true,
      level: 'BES',
      hints: hintsOf(exchange),
    } as const;
    const cms = await this.signer.sign(await this.certificateOf(phone), order);
    const id = this.ids.uuid();
    this.files.add(id, { name, cms });
    return `/signme/file/${id}`;
  }

  /** @throws Refusal `not_found` */
  file(id: string): SignedFile {
    const found = this.files.get(id);
    if (found === undefined) throw new Refusal('not_found', 'файл не найден');
    return found;
  }

  reset(): void {
    this.files.clear();
  }

  private async idsOf(key: ApplicantKey): Promise<string[]> {
    const recent = await this.requests.recent(RECENT, key);
    return recent.filter(({ profile }) => profile === PROFILE).map(({ id }) => id);
  }

  private async certificateOf(phone: string): Promise<UnepCertificate> {
    for (const { profile, certificateId } of await this.requests.recent(RECENT, { phone })) {
      const found = profile === PROFILE && certificateId ? await this.office.find(certificateId) : undefined;
      if (found !== undefined && statusAt(found, this.clock.nowMs()) === 'ACTIVE') return found;
    }
    throw new Refusal('wrong_state', 'у пользователя нет действующего сертификата');
  }
}

function applicantOf(given: z.output<typeof registerSchema>): Applicant {
  const { surname, name, lastname, bdate, gender, ps, pn, issued, pdate, pcode, phone, email, snils, inn } = given;
  return {
    ...{ lastName: surname, firstName: name, patronymic: lastname, birthDate: bdate, phone, email, snils, inn },
    ...(gender === undefined ? {} : { gender: gender === 'M' ? 'MALE' : 'FEMALE' }),
    passport: { series: ps, number: pn, issuedBy: issued, issuedDate: pdate, departmentCode: pcode },
    identification: 'ONSITE',
  };
}
