import { formatPhone, type Person } from '@poligon/people';
import { kidItems } from './kids.js';
import { dotDate, eTagOf, itemId, PASSPORT_PLACE } from './person-object.js';
import { isDriver, licenceOf, vehicleOf } from './vehicles.js';

/** One element of a person's collection. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: number };

type Scopes = ReadonlySet<string>;

/** A collection below a person. */
export interface CollectionKind {
  /** Path segment. */
  readonly path: string;
  /** Name in `embed` and key it adds to the person. */
  readonly embedName: string;
  /** Whether the token's scopes open the collection at all. */
  readonly isOpen: (scopes: Scopes) => boolean;
  /** Elements the scopes let through, in order of their numbers. */
  readonly items: (person: Person, scopes: Scopes) => readonly Item[];
}

function identifiable(id: number, fields: Readonly<Record<string, unknown>>): Item {
  const content = { stateFacts: ['Identifiable'], id, ...fields };
  return { ...content, eTag: eTagOf(content) };
}

const hasAny = (scopes: Scopes, names: readonly string[]): boolean => names.some((name) => scopes.has(name));

function contacts(person: Person, scopes: Scopes): readonly Item[] {
  const all = [
    { scope: 'mobile', type: 'MBT', value: formatPhone(person.phone) },
    { scope: 'email', type: 'EML', value: person.email },
  ];
  return all.flatMap(({ scope, type, value }, place) =>
    hasAny(scopes, ['contacts', scope])
      ? [identifiable(itemId(person, place + 1), { type, vrfStu: 'VERIFIED', value })]
      : [],
  );
}

function addresses(person: Person): readonly Item[] {
  const { postalCode, region, regionCode, city, street, house, flat } = person.address;
  const fields = {
    addressStr: [region, city, street].join(', '),
    fiasCode2: `${regionCode}-0-000-000-000-000-0000-0000-000`,
    vrfDdt: '0,0,0',
    countryId: 'RUS',
    ...{ zipCode: postalCode, region, city, street, house, flat },
  };
  return ['PRG', 'PLV'].map((type, place) => identifiable(itemId(person, place + 3), { type, ...fields }));
}

const VEHICLE_PLACE = 6;
const LICENCE_PLACE = 9;

function documents(person: Person, scopes: Scopes): readonly Item[] {
  const passports = scopes.has('id_doc') ? [passport(person)] : [];
  if (!scopes.has('drivers_licence_doc') || !isDriver(person)) return passports;
  const fields = { type: 'RF_DRIVING_LICENSE', vrfStu: 'VERIFIED', ...licenceOf(person) };
  return [...passports, identifiable(itemId(person, LICENCE_PLACE), fields)];
}

function passport(person: Person): Item {
  const { series, number, issuedDate, issuedBy, departmentCode } = person.passport;
  return identifiable(itemId(person, PASSPORT_PLACE), {
    type: 'RF_PASSPORT',
    vrfStu: 'VERIFIED',
    ...{ series, number, issuedBy },
    issueDate: dotDate(issuedDate),
    issueId: departmentCode.replace('-', ''),
  });
}

function vehicles(person: Person): readonly Item[] {
  const vehicle = vehicleOf(person);
  return vehicle === undefined ? [] : [identifiable(itemId(person, VEHICLE_PLACE), vehicle)];
}

export const CONTACTS: CollectionKind = {
  path: 'ctts',
  embedName: 'contacts',
  isOpen: (scopes) => hasAny(scopes, ['contacts', 'mobile', 'email']),
  items: contacts,
};

export const ADDRESSES: CollectionKind = {
  path: 'addrs',
  embedName: 'addresses',
  isOpen: (scopes) => hasAny(scopes, ['addresses', 'contacts']),
  items: addresses,
};

export const DOCUMENTS: CollectionKind = {
  path: 'docs',
  embedName: 'documents',
  isOpen: (scopes) => [...scopes].some((name) => name.endsWith('_doc') && !name.startsWith('kid_')),
  items: documents,
};

export const VEHICLES: CollectionKind = {
  path: 'vhls',
  embedName: 'vehicles',
  isOpen: (scopes) => scopes.has('vehicles'),
  items: vehicles,
};

export const KIDS: CollectionKind = {
  path: 'kids',
  embedName: 'kids',
  isOpen: (scopes) => [...scopes].some((name) => name.startsWith('kid_')),
  items: kidItems,
};

/** Every collection a person can be asked for with `embed`. */
export const COLLECTIONS: readonly CollectionKind[] = [CONTACTS, ADDRESSES, DOCUMENTS, VEHICLES, KIDS];
