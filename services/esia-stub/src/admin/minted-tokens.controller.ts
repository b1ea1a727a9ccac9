import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Exchange, Ids, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { isKnownScope } from '../domain/scope.js';
import { PersonDirectory } from '../protocol/person-directory.js';
import { TokenResponse } from '../protocol/token/token-response.js';
import { ClientStore } from '../state/client.store.js';
import { personHintSchema } from './client-registration.js';

const orderSchema = z.strictObject({
  clientId: z.string().min(1).max(100),
  person: personHintSchema,
  scopes: z
    .array(z.string().refine(isKnownScope, { error: (issue) => `unknown scope ${JSON.stringify(issue.input)}` }))
    .min(1)
    .max(200)
    .default(['openid', 'fullname']),
  isOffline: z.boolean().default(false),
});

/** Tokens made without a login, for tests of what comes after it. */
@ApiTags('tokens')
@Controller('__admin/tokens')
export class MintedTokensController {
  constructor(
    private readonly clients: ClientStore,
    private readonly people: PersonDirectory,
    private readonly tokens: TokenResponse,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  @Post()
  @ApiOperation({ summary: 'the answer of te for a person and a client, without login, consent and signature' })
  @ApiBody(bodySchema(orderSchema))
  async mint(@Body() body: unknown, @Caller() by: string) {
    const { clientId, person, scopes, isOffline } = checked(orderSchema, body);
    const client = await this.clients.find(clientId);
    if (client === undefined) throw new AdminError(404, `no client "${clientId}"`);
    const personIndex = this.people.indexByHint(person);
    if (personIndex === undefined) throw new AdminError(404, 'no such person');
    const nowMs = this.clock.nowMs();
    const grant = {
      clientId,
      personIndex,
      scopes,
      orgScopes: [],
      sid: this.ids.uuid(),
      authTimeMs: nowMs,
      grantedAtMs: nowMs,
      isOffline,
      hasPermissions: false,
      isTrusted: true,
    };
    // Faults strike exchanges of the protocol; this one nobody sees.
    const exchange = new Exchange({ operation: 'admin.tokens.mint', receivedAtMs: this.clock.monotonicMs() });
    this.journal.note('admin.tokens.mint', 'changed', { clientId, oid: this.people.oidOf(personIndex), by });
    return this.tokens.make({ grant, client, state: this.ids.uuid(), exchange });
  }
}
