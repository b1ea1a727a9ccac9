import { Injectable } from '@nestjs/common';
import type { Exchange, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { collectionObject, embedNames } from '../../domain/collection-object.js';
import type { CollectionKind, Item } from '../../domain/person-items.js';
import { queryOf } from '../call-facts.js';
import { restError } from '../errors.js';
import { PersonDirectory } from '../person-directory.js';
import { PublicBase } from '../public-base.js';
import { Access, type PersonAccess } from './access.js';
import { withItemFaults, withSizeFault } from './item-faults.js';
import { restReply } from './rest-reply.js';

/** Answers collections below a person and their elements. */
@Injectable()
export class PersonCollections {
  constructor(
    private readonly access: Access,
    private readonly people: PersonDirectory,
    private readonly base: PublicBase,
  ) {}

  /** @throws ProtocolError 005029 when no scope of the token opens the collection */
  async list(kind: CollectionKind, request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const access = await this.access.person(request, exchange);
    if (!kind.isOpen(access.scopes)) throw restError('ESIA-005029');
    const isEmbedded = embedNames(queryOf(request).get('embed')).has('elements');
    return restReply(request, this.collection({ kind, access, isEmbedded }, request, exchange));
  }

  /** @throws ProtocolError 005029, or not-found for an element that does not exist or that the scopes hide */
  async item(kind: CollectionKind, request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const access = await this.access.person(request, exchange);
    if (!kind.isOpen(access.scopes)) throw restError('ESIA-005029');
    const { id } = request.params as { id: string };
    const found = this.items(kind, access, exchange).find((item) => String(item.id) === id);
    if (found === undefined) throw restError('not-found');
    return restReply(request, found);
  }

  /** A collection as a part of the person or on its own. */
  collection(
    { kind, access, isEmbedded }: { kind: CollectionKind; access: PersonAccess; isEmbedded: boolean },
    request: FastifyRequest,
    exchange: Exchange,
  ): object {
    const address = `${this.base.of(request)}/rs/prns/${this.people.oidOf(access.personIndex)}/${kind.path}`;
    const collection = collectionObject(this.items(kind, access, exchange), address, isEmbedded);
    return withSizeFault(collection, exchange);
  }

  private items(kind: CollectionKind, { account, scopes }: PersonAccess, exchange: Exchange): readonly Item[] {
    const { person, edit } = account;
    return withItemFaults(kind, kind.items(person, scopes), { exchange, edit });
  }
}
