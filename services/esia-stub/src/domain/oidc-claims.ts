import type { Person } from '@poligon/people';

/** Claims of an id_token in the form OpenID Connect Core 1.0, 2 demands; they take the place of ESIA's own. */
export function oidcIdClaims(oid: number, nonce: string | undefined): object {
  return { sub: String(oid), amr: ['pwd'], ...(nonce === undefined ? {} : { nonce }) };
}

/** Which scope lets a claim of userinfo through; names of OpenID Connect Core 1.0, 5.1. */
const CLAIMS_BY_SCOPE: Readonly<Record<string, (person: Person) => object>> = {
  fullname: ({ firstName, lastName, patronymic }) => ({
    name: [lastName, firstName, patronymic].filter((part) => part !== '').join(' '),
    given_name: firstName,
    family_name: lastName,
    middle_name: patronymic,
  }),
  birthdate: ({ birthDate }) => ({ birthdate: birthDate }),
  gender: ({ gender }) => ({ gender: gender === 'MALE' ? 'male' : 'female' }),
  email: ({ email }) => ({ email, email_verified: true }),
  mobile: ({ phone }) => ({ phone_number: `+${phone}`, phone_number_verified: true }),
  snils: ({ snils }) => ({ snils }),
  inn: ({ inn }) => ({ inn }),
};

/** Answer of userinfo: what the scopes of the token allow. */
export function userinfo(oid: number, person: Person, scopes: ReadonlySet<string>): object {
  const allowed = Object.entries(CLAIMS_BY_SCOPE).filter(([scope]) => scopes.has(scope));
  return Object.assign({ sub: String(oid) }, ...allowed.map(([, claims]) => claims(person))) as object;
}
