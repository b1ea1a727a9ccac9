import type { Population } from '@poligon/people';
import { subjectKey } from '@poligon/people';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeJwt } from '../domain/jwt.js';
import { cookieOf } from './cookies.codec.js';
import { formOf, parseParameters, type Parameters } from './parameters.codec.js';

/** Name of the header and cookie that log a person in without the form. */
export const PERSON_HEADER = 'poligon-person';

type Peopled = FastifyInstance & { people: Population };

const queries = new WeakMap<FastifyRequest, Parameters>();

/** Query parameters of a request, decoded once. */
export function queryOf(request: FastifyRequest): Parameters {
  let query = queries.get(request);
  if (query === undefined) {
    const at = request.url.indexOf('?');
    query = parseParameters(at < 0 ? '' : request.url.slice(at + 1));
    queries.set(request, query);
  }
  return query;
}

/** Mnemonic in the query. */
export const queryClient = (request: FastifyRequest): string | undefined => queryOf(request).get('client_id');

/** Mnemonic in the form. */
export const formClient = (request: FastifyRequest): string | undefined => formOf(request.body).get('client_id');

const keyOf = (index: number | undefined): string | undefined => (index === undefined ? undefined : subjectKey(index));

const peopleOf = (request: FastifyRequest): Population => (request.server as Peopled).people;

/** Person named by the header or cookie `poligon-person`. */
export function namedPerson(request: FastifyRequest): string | undefined {
  const header = request.headers[PERSON_HEADER];
  return (typeof header === 'string' ? header : undefined) ?? cookieOf(request, PERSON_HEADER);
}

/** Subject of a page visit: the person the header or cookie names. */
export const visitorSubject = (request: FastifyRequest): string | undefined =>
  keyOf(peopleOf(request).recognise(namedPerson(request)));

/** Subject of a login form. */
export const loginSubject = (request: FastifyRequest): string | undefined =>
  keyOf(peopleOf(request).recognise(formOf(request.body).get('login')));

/** Subject of `/rs/prns/{oid}/…`. */
export const pathSubject = (request: FastifyRequest): string | undefined =>
  keyOf(peopleOf(request).indexByEsiaOid((request.params as { oid?: string }).oid));

/** Subject of a token request: the person inside the code. */
export function codeSubject(request: FastifyRequest): string | undefined {
  const payload = decodeJwt(formOf(request.body).get('code') ?? '')?.payload;
  const subject = payload?.['urn:esia:sbj'] as Readonly<Record<string, unknown>> | undefined;
  return keyOf(peopleOf(request).indexByEsiaOid(subject?.['urn:esia:sbj:oid']));
}

/** Fields rule conditions may name: query and form together. */
export const requestFacts = (request: FastifyRequest): unknown => ({
  ...queryOf(request).toJSON(),
  ...formOf(request.body).toJSON(),
});
