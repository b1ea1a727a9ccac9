import { Injectable } from '@nestjs/common';
import type { Exchange, WireReply } from '@poligon/emulator-kit';
import type { Organisation } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { collectionObject, embedNames } from '../../domain/collection-object.js';
import {
  groupOf,
  ORG_COLLECTIONS,
  organisationObject,
  type OrgCollectionKind,
} from '../../domain/organisation-object.js';
import type { Item } from '../../domain/person-items.js';
import { queryOf } from '../call-facts.js';
import { restError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { PublicBase } from '../public-base.js';
import { Access } from './access.js';
import { withSizeFault } from './item-faults.js';
import { restReply } from './rest-reply.js';

/** Longest list of employees answered. */
const MAX_STAFF = 100;

/** Answers `/rs/orgs/…` to bearers of tokens with organisation scopes. */
@Injectable()
export class Organisations {
  constructor(
    private readonly access: Access,
    private readonly people: PersonDirectory,
    private readonly base: PublicBase,
  ) {}

  async describe(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { organisation, scopes } = await this.access.organisation(request, exchange);
    return restReply(request, organisationObject(organisation, scopes));
  }

  /** @throws ProtocolError 005029 without the scope, not-found for a collection that does not exist */
  async list(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { organisation, kind, items } = await this.opened(request, exchange);
    const isEmbedded = embedNames(queryOf(request).get('embed')).has('elements');
    const address = `${this.base.of(request)}/rs/orgs/${organisation.esiaOid}/${kind.path}`;
    return restReply(request, withSizeFault(collectionObject(items, address, isEmbedded), exchange));
  }

  async item(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { items } = await this.opened(request, exchange);
    const { id } = request.params as { id: string };
    const found = items.find((item) => String(item.id) === id);
    if (found === undefined) throw restError('not-found');
    return restReply(request, found);
  }

  /** Access groups of one employee. @throws ProtocolError 005029, or not-found for somebody who does not work there */
  async employeeGroups(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { organisation, scopes } = await this.access.organisation(request, exchange);
    if (!scopes.has('org_grps')) throw restError('ESIA-005029');
    const { prnOid } = request.params as { prnOid: string };
    const personIndex = this.people.indexByOid(prnOid);
    const employer = personIndex === undefined ? undefined : this.people.employerOf(personIndex);
    if (employer?.index !== organisation.index) throw restError('not-found');
    const isEmbedded = embedNames(queryOf(request).get('embed')).has('elements');
    const address = `${this.base.of(request)}/rs/orgs/${organisation.esiaOid}/grps`;
    return restReply(request, collectionObject([groupOf(organisation)], address, isEmbedded));
  }

  private async opened(request: FastifyRequest, exchange: Exchange): Promise<OpenedCollection> {
    const { organisation, scopes } = await this.access.organisation(request, exchange);
    const { collection } = request.params as { collection: string };
    const kind = ORG_COLLECTIONS.find(({ path }) => path === collection);
    if (kind === undefined) throw restError('not-found');
    if (!scopes.has(kind.scope)) throw restError('ESIA-005029');
    const staff = () => this.people.staff(organisation, MAX_STAFF).map((index) => this.people.person(index));
    return { organisation, kind, items: kind.items(organisation, staff) };
  }
}

interface OpenedCollection {
  readonly organisation: Organisation;
  readonly kind: OrgCollectionKind;
  readonly items: readonly Item[];
}
