import { Injectable } from '@nestjs/common';
import type { Exchange, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { organisationObject, roleObject } from '../../domain/organisation-object.js';
import { ORG_SCOPES } from '../../domain/org-scope.js';
import { eTagOf } from '../../domain/person-object.js';
import { embedNames } from '../../domain/collection-object.js';
import { queryOf } from '../call-facts.js';
import { restError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { PublicBase } from '../public-base.js';
import { Access, type PersonAccess } from './access.js';
import { restReply } from './rest-reply.js';

/** The scope that opens memberships. */
const SCOPE = 'usr_org';

/** Answers organisations a person belongs to: the employer. */
@Injectable()
export class Memberships {
  constructor(
    private readonly access: Access,
    private readonly people: PersonDirectory,
    private readonly base: PublicBase,
  ) {}

  /** `orgs`: links to organisations. @throws ProtocolError 005029 without the scope */
  async orgs(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const access = await this.opened(request, exchange);
    const isEmbedded = embedNames(queryOf(request).get('embed')).has('elements');
    return restReply(request, this.collection(access, request, isEmbedded));
  }

  /** `roles`: memberships inline, without an eTag. @throws ProtocolError 005029 without the scope */
  async roles(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { personIndex, account } = await this.opened(request, exchange);
    const role = roleObject(this.people.employerOf(personIndex), account.person, this.people.isChief(personIndex));
    return restReply(request, { stateFacts: ['hasSize'], size: 1, elements: [role] });
  }

  /** The part `organizations` of a person, when `embed` names it and the scopes open it. */
  embedded(names: ReadonlySet<string>, access: PersonAccess, request: FastifyRequest): object {
    if (!names.has('organizations') || !access.scopes.has(SCOPE)) return {};
    return { organizations: this.collection(access, request, true) };
  }

  private async opened(request: FastifyRequest, exchange: Exchange): Promise<PersonAccess> {
    const access = await this.access.person(request, exchange);
    if (!access.scopes.has(SCOPE)) throw restError('ESIA-005029');
    return access;
  }

  private collection({ personIndex }: PersonAccess, request: FastifyRequest, isEmbedded: boolean): object {
    const employer = this.people.employerOf(personIndex);
    const elements = isEmbedded
      ? [organisationObject(employer, new Set(ORG_SCOPES))]
      : [`${this.base.of(request)}/rs/orgs/${employer.esiaOid}`];
    return { stateFacts: ['hasSize'], size: elements.length, eTag: eTagOf(elements), elements };
  }
}
