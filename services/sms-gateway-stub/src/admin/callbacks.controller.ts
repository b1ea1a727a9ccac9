import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, checked, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { recipientPhone } from '../domain/phone.js';
import { CallbackSender } from '../flow/callback-sender.js';
import { IncomingTraffic } from '../flow/incoming-traffic.js';
import { DIALECTS } from '../state/account-defaults.js';

const phone = z.string({ error: 'required' }).transform((text, context) => {
  const normal = recipientPhone(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: 'custom', message: 'must be a phone number' });
  return z.NEVER;
});
/** Texts sent within one call. */
const MAX_AT_ONCE = 10_000;

const incomingSchema = z.strictObject({
  phone,
  to: z.string({ error: 'required' }).min(1).max(20),
  text: z.string({ error: 'required' }).max(5000),
  dialect: z.enum(DIALECTS, { error: `must be one of ${DIALECTS.join(', ')}` }),
  account: z.string().max(100).optional(),
  concatenation: z.enum(['sar', 'udh8', 'udh16', 'payload']).optional(),
  /** How many times, for a generator of incoming texts. */
  count: z.number().int().min(1).max(10_000_000).default(1),
  /** Texts a second; all at once when left out, at most ten thousand then. */
  perSecond: z.number().min(0.01).max(100_000).optional(),
});

/** What the gateway tells its clients: callbacks and incoming texts. */
@ApiTags('callbacks')
@Controller('__admin')
export class CallbacksController {
  constructor(
    private readonly sender: CallbackSender,
    private readonly traffic: IncomingTraffic,
    private readonly journal: Journal,
  ) {}

  @Get('callbacks')
  @ApiOperation({ summary: 'callback URLs: what was taken, what waits, the last success and the next attempt' })
  list() {
    return {
      callbacks: this.sender.all.map(
        ({ target, accepted, failed, dropped, waiting, lastSuccessMs, nextAttemptMs }) => ({
          dialect: target.format.dialect,
          account: target.account.login,
          url: target.url,
          accepted,
          failed,
          dropped,
          waiting,
          lastSuccess: isoOf(lastSuccessMs),
          nextAttempt: waiting > 0 ? isoOf(nextAttemptMs) : undefined,
        }),
      ),
    };
  }

  @Post('callbacks/resend')
  @ApiOperation({ summary: 'tries at once every callback that waits for its next attempt' })
  resend() {
    return { resent: this.sender.all.reduce((sum, line) => sum + line.resendNow(), 0) };
  }

  @Post('incoming')
  @ApiOperation({ summary: 'a subscriber sends a text to the client' })
  @ApiBody(bodySchema(incomingSchema))
  incoming(@Body() body: unknown) {
    const { dialect, count, perSecond, ...text } = checked(incomingSchema, body);
    if (perSecond === undefined && count > MAX_AT_ONCE) {
      throw new AdminError(400, `count: at most ${MAX_AT_ONCE} without perSecond`);
    }
    const { id, told } = this.traffic.start({ dialect, count, perSecond, text });
    this.journal.note('admin.incoming', 'sent', { dialect, phone: text.phone, count, perSecond, told });
    return perSecond === undefined ? { told } : { id, told };
  }

  @Get('incoming')
  @ApiOperation({ summary: 'incoming texts sent at a rate: how far they are' })
  traffics() {
    return {
      incoming: this.traffic.all.map(({ id, dialect, count, perSecond, sent, told, isStopped }) => {
        return { id, dialect, count, perSecond, sent, told, isStopped };
      }),
    };
  }

  @Delete('incoming/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'stops incoming texts' })
  stop(@Param('id') id: string): void {
    if (!this.traffic.stop(Number(id))) throw new AdminError(404, `no incoming texts "${id}"`);
  }
}

function isoOf(epochMs: number | undefined): string | undefined {
  return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}
