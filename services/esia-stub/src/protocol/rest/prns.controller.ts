import { Controller, Get, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, type WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { embedNames } from '../../domain/collection-object.js';
import { COLLECTIONS } from '../../domain/person-items.js';
import { personObject } from '../../domain/person-object.js';
import { HINT } from '../../faults/fault-hints.js';
import { pathSubject, queryOf } from '../call-facts.js';
import { Access } from './access.js';
import { accountState } from './account-state.js';
import { Memberships } from './memberships.js';
import { PersonCollections } from './person-collections.js';
import { restReply } from './rest-reply.js';

/** `GET /rs/prns/{oid}`, with collections inside when `embed` names them. */
@Controller('rs/prns')
export class PrnsController {
  constructor(
    private readonly access: Access,
    private readonly collections: PersonCollections,
    private readonly memberships: Memberships,
  ) {}

  @Get(':oid')
  @Operation('esia.rs.prns', { about: 'personal data', subject: pathSubject })
  async person(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const access = await this.access.person(request, exchange);
    const person = personObject(access.account.person, access.scopes, accountState(access.account, exchange));
    const names = embedNames(queryOf(request).get('embed'));
    const embedded = COLLECTIONS.filter(({ embedName, isOpen }) => names.has(embedName) && isOpen(access.scopes)).map(
      (kind) => [kind.embedName, this.collections.collection({ kind, access, isEmbedded: true }, request, exchange)],
    );
    const parts = Object.fromEntries(embedded) as Readonly<Record<string, unknown>>;
    const organizations = this.memberships.embedded(names, access, request);
    return restReply(request, { ...withoutFields(person, exchange), ...parts, ...organizations });
  }
}

/** The person without what the fault `field-missing` names. */
function withoutFields(person: Readonly<Record<string, unknown>>, exchange: Exchange): object {
  const missing = exchange.hinted(HINT.fieldMissing);
  if (!Array.isArray(missing)) return person;
  return Object.fromEntries(Object.entries(person).filter(([name]) => !missing.includes(name)));
}
