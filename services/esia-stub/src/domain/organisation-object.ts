import { formatPhone, type Organisation, type Person } from '@poligon/people';
import type { Item } from './person-items.js';
import { eTagOf } from './person-object.js';

type Fields = Readonly<Record<string, unknown>>;

/** Which organisation scope lets a field through; names and kinds of fields are assumptions (рекомендации, 2.11). */
const FIELDS_BY_SCOPE: Readonly<Record<string, (organisation: Organisation) => Fields>> = {
  org_shortname: ({ name }) => ({ shortName: name }),
  org_fullname: ({ fullName }) => ({ fullName }),
  org_type: () => ({ type: 'LEGAL' }),
  org_ogrn: ({ ogrn }) => ({ ogrn }),
  org_inn: ({ inn }) => ({ inn }),
  org_kpp: ({ kpp }) => ({ kpp }),
  // ОКОПФ of limited liability companies
  org_leg: () => ({ leg: '12300' }),
  org_oktmo: ({ address }) => ({ oktmo: `${address.regionCode}000000` }),
};

/** Organisation of `/rs/orgs/{oid}`: the oid and what the scopes allow. */
export function organisationObject(organisation: Organisation, scopes: ReadonlySet<string>): Fields {
  const shown = Object.entries(FIELDS_BY_SCOPE)
    .filter(([scope]) => scopes.has(scope))
    .flatMap(([, fields]) => Object.entries(fields(organisation)));
  const content = { stateFacts: ['EntityRoot'], oid: organisation.esiaOid, ...Object.fromEntries(shown) };
  return { ...content, eTag: eTagOf(content) };
}

/** A collection below an organisation. */
export interface OrgCollectionKind {
  readonly path: string;
  /** The scope that opens it. */
  readonly scope: string;
  readonly items: (organisation: Organisation, staff: () => readonly Person[]) => readonly Item[];
}

function identifiable(id: number, fields: Fields): Item {
  const content = { stateFacts: ['Identifiable'], id, ...fields };
  return { ...content, eTag: eTagOf(content) };
}

const idOf = ({ index }: Organisation, place: number): number => index * 10 + place;
const nothing = (): readonly Item[] => [];

function addresses(organisation: Organisation): readonly Item[] {
  const { postalCode, region, city, street, house } = organisation.address;
  const fields = { addressStr: [region, city, street].join(', '), countryId: 'RUS', zipCode: postalCode };
  return [identifiable(idOf(organisation, 3), { type: 'OLG', ...fields, region, city, street, house })];
}

/** Collections below an organisation; kinds of elements are assumptions. */
export const ORG_COLLECTIONS: readonly OrgCollectionKind[] = [
  {
    path: 'ctts',
    scope: 'org_ctts',
    items: (organisation) => [
      identifiable(idOf(organisation, 1), { type: 'OPH', vrfStu: 'VERIFIED', value: formatPhone(organisation.phone) }),
      identifiable(idOf(organisation, 2), { type: 'OEM', vrfStu: 'VERIFIED', value: organisation.email }),
    ],
  },
  { path: 'addrs', scope: 'org_addrs', items: addresses },
  { path: 'vhls', scope: 'org_vhls', items: nothing },
  { path: 'brhs', scope: 'org_brhs', items: nothing },
  {
    path: 'emps',
    scope: 'org_emps',
    items: (_, staff) =>
      staff().map(({ esiaOid }, place) => identifiable(esiaOid, { prnOid: esiaOid, chief: place === 0 })),
  },
  { path: 'grps', scope: 'org_grps', items: (organisation) => [groupOf(organisation)] },
];

/** Access group everybody of the organisation belongs to. */
export function groupOf(organisation: Organisation): Item {
  return identifiable(idOf(organisation, 9), {
    grp_id: 'EMPLOYEES',
    name: 'Сотрудники',
    description: organisation.name,
  });
}

/** Element of `/rs/prns/{oid}/roles`: the membership of a person, inline. */
export function roleObject(organisation: Organisation, { esiaOid }: Person, isChief: boolean): Fields {
  return {
    oid: organisation.esiaOid,
    prnOid: esiaOid,
    fullName: organisation.fullName,
    shortName: organisation.name,
    ogrn: organisation.ogrn,
    type: 'LEGAL',
    chief: isChief,
    admin: isChief,
    phone: formatPhone(organisation.phone),
    email: organisation.email,
    active: true,
    hasRightOfSubstitution: false,
    hasApprovalTabAccess: false,
    isLiquidated: false,
  };
}
