import { z } from 'zod';
import { isMobilePhone, splitFullName, type Applicant } from '../../domain/applicant.js';
import { Refusal } from '../../domain/refusal.js';
import { field } from '../applicant-fields.js';
import { checkedBody } from '../checked-body.js';
import { GENDERS, IDENTIFICATION, ORGANISATION, ORGANISATION_FIELDS, OWNER, OWNERS, PASSPORT } from './astral-names.js';

const { text, optional } = field;

const passportSchema = z.object({
  [PASSPORT.series]: optional(text(10)),
  [PASSPORT.number]: optional(text(20)),
  [PASSPORT.issuedBy]: optional(text(500)),
  [PASSPORT.issuedDate]: optional(field.date),
  [PASSPORT.departmentCode]: optional(text(10)),
});

const ownerSchema = z.object({
  [OWNER.fullName]: text(200).refine((name) => splitFullName(name) !== undefined, 'ожидается фамилия и имя'),
  [OWNER.lastName]: optional(text(60)),
  [OWNER.firstName]: optional(text(60)),
  [OWNER.patronymic]: optional(text(60)),
  [OWNER.gender]: optional(z.enum(Object.keys(GENDERS) as ['М', 'Ж'], { error: 'ожидается М или Ж' })),
  [OWNER.birthDate]: optional(field.date),
  [OWNER.birthPlace]: optional(text(500)),
  [OWNER.snils]: field.snils,
  [OWNER.inn]: field.inn,
  [OWNER.passport]: optional(passportSchema),
  [OWNER.phone]: optional(field.phone.refine(isMobilePhone, 'телефон должен быть мобильным')),
  [OWNER.email]: optional(text(255)),
});

const organisationSchema = z.object({
  [ORGANISATION_FIELDS.name]: text(500),
  [ORGANISATION_FIELDS.inn]: optional(text(12)),
  [ORGANISATION_FIELDS.ogrn]: optional(text(15)),
});

const dataSchema = z.object({
  [OWNERS]: z.array(ownerSchema).length(1, 'ожидается один владелец'),
  [IDENTIFICATION]: field.identification,
  [ORGANISATION]: optional(organisationSchema),
});

type Owner = z.output<typeof ownerSchema>;

function nameOf(owner: Owner): Pick<Applicant, 'lastName' | 'firstName' | 'patronymic'> {
  const [lastName, firstName] = [owner[OWNER.lastName], owner[OWNER.firstName]];
  if (lastName === undefined || firstName === undefined) return splitFullName(owner[OWNER.fullName])!;
  return { lastName, firstName, patronymic: owner[OWNER.patronymic] };
}

function passportOf(owner: Owner): Applicant['passport'] {
  const passport = owner[OWNER.passport];
  if (passport === undefined) return undefined;
  return {
    series: passport[PASSPORT.series],
    number: passport[PASSPORT.number],
    issuedBy: passport[PASSPORT.issuedBy],
    issuedDate: passport[PASSPORT.issuedDate],
    departmentCode: passport[PASSPORT.departmentCode],
  };
}

function organisationOf(organisation: z.output<typeof organisationSchema> | undefined): Applicant['organisation'] {
  if (organisation === undefined) return undefined;
  const { name, inn, ogrn } = ORGANISATION_FIELDS;
  return { name: organisation[name], inn: organisation[inn], ogrn: organisation[ogrn] };
}

/** Reads `event.data` of USIG_REG_REQUEST. @throws Refusal `bad_request` naming the field */
export function readRegRequest(data: unknown): Applicant {
  const {
    [OWNERS]: owners,
    [IDENTIFICATION]: identification,
    [ORGANISATION]: organisation,
  } = checkedBody(z.object({ event: z.object({ data: dataSchema }) }), { event: { data } }).event.data;
  const owner = owners[0];
  if (owner === undefined) throw new Refusal('bad_request', 'ожидается один владелец');
  const gender = owner[OWNER.gender];
  return {
    ...nameOf(owner),
    gender: gender === undefined ? undefined : GENDERS[gender],
    birthDate: owner[OWNER.birthDate],
    birthPlace: owner[OWNER.birthPlace],
    snils: owner[OWNER.snils],
    inn: owner[OWNER.inn],
    passport: passportOf(owner),
    phone: owner[OWNER.phone],
    email: owner[OWNER.email],
    identification,
    organisation: organisationOf(organisation),
  };
}
