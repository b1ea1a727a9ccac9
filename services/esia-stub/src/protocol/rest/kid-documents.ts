import { Injectable } from '@nestjs/common';
import type { Exchange, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { collectionObject, embedNames } from '../../domain/collection-object.js';
import { kidDocuments } from '../../domain/kids.js';
import { queryOf } from '../call-facts.js';
import { restError } from '../errors.js';
import { PublicBase } from '../public-base.js';
import { Access } from './access.js';
import { restReply } from './rest-reply.js';

/** Answers documents of a person's child. */
@Injectable()
export class KidDocuments {
  constructor(
    private readonly access: Access,
    private readonly base: PublicBase,
  ) {}

  /** @throws ProtocolError 005029 without the scope, not-found for a child the person does not have */
  async list(request: FastifyRequest, exchange: Exchange): Promise<WireReply> {
    const { account, scopes } = await this.access.person(request, exchange);
    if (!scopes.has('kid_birth_cert_doc')) throw restError('ESIA-005029');
    const { oid, id } = request.params as { oid: string; id: string };
    const items = kidDocuments(account.person, Number(id));
    if (items === undefined) throw restError('not-found');
    const isEmbedded = embedNames(queryOf(request).get('embed')).has('elements');
    const address = `${this.base.of(request)}/rs/prns/${oid}/kids/${id}/docs`;
    return restReply(request, collectionObject(items, address, isEmbedded));
  }
}
