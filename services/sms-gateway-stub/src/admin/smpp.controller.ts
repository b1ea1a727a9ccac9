import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, checked } from '@poligon/emulator-kit';
import { z } from 'zod';
import { SmppOutbind } from '../protocol/smpp/smpp-outbind.js';
import { SmppReceipts } from '../protocol/smpp/smpp-receipts.js';
import { SmppServer } from '../protocol/smpp/smpp-server.js';
import { SmppSessions } from '../protocol/smpp/smpp-sessions.js';

const MAX_LISTED = 1000;
const outbindSchema = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  systemId: z.string().max(15).default('POLIGON'),
  password: z.string().max(8).default(''),
});

/** Connections of ESMEs. */
@ApiTags('smpp')
@Controller('__admin/smpp')
export class SmppController {
  constructor(
    private readonly server: SmppServer,
    private readonly sessions: SmppSessions,
    private readonly receipts: SmppReceipts,
    private readonly outbinds: SmppOutbind,
  ) {}

  @Get()
  @ApiOperation({ summary: 'ports, connections and waiting receipts' })
  state() {
    const open = [...this.sessions.open].slice(0, MAX_LISTED);
    return {
      ports: this.server.ports,
      sessions: this.sessions.open.size,
      binds: open.map(({ id, mode, account, peer, inProgress, awaited, submits, deliveries }) => ({
        id,
        systemId: account?.login,
        mode: mode ?? 'open',
        peer,
        unanswered: { fromEsme: inProgress, toEsme: awaited.size },
        submits,
        deliveries,
      })),
      outboxes: [...this.receipts.all].map(([systemId, { waiting, delivered, dropped, receivers }]) => ({
        systemId,
        waiting,
        delivered,
        dropped,
        receivers: receivers.length,
      })),
    };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'breaks a connection' })
  drop(@Param('id') id: string): void {
    const session = [...this.sessions.open].find((open) => String(open.id) === id);
    if (session === undefined) throw new AdminError(404, `no session ${id.slice(0, 20)}`);
    session.reset();
  }

  @Post('outbind')
  @ApiOperation({ summary: 'connects to an ESME that listens and asks it to bind' })
  @ApiBody(bodySchema(outbindSchema))
  async outbind(@Body() body: unknown) {
    return { session: await this.outbinds.connect(checked(outbindSchema, body)) };
  }
}
