import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bodySchema, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { recipientPhone } from '../domain/phone.js';
import { CallbackSender } from '../flow/callback-sender.js';
import { ReceiptDesk } from '../flow/receipt-desk.js';
import { DIALECTS } from '../state/account-defaults.js';
import { MessageStore } from '../state/message.store.js';

const phone = z.string({ error: 'required' }).transform((text, context) => {
  const normal = recipientPhone(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: 'custom', message: 'must be a phone number' });
  return z.NEVER;
});
const incomingSchema = z.strictObject({
  phone,
  to: z.string({ error: 'required' }).min(1).max(20),
  text: z.string({ error: 'required' }).max(5000),
  dialect: z.enum(DIALECTS, { error: `must be one of ${DIALECTS.join(', ')}` }),
  account: z.string().max(100).optional(),
  concatenation: z.enum(['sar', 'udh8', 'udh16', 'payload']).optional(),
  /** How many times, for a generator of incoming texts. */
  count: z.number().int().min(1).max(10_000).default(1),
});

/** What the gateway tells its clients: callbacks and incoming texts. */
@ApiTags('callbacks')
@Controller('__admin')
export class CallbacksController {
  constructor(
    private readonly sender: CallbackSender,
    private readonly desk: ReceiptDesk,
    private readonly store: MessageStore,
    private readonly clock: Clock,
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
    const { dialect, count, ...text } = checked(incomingSchema, body);
    let told = 0;
    for (let sent = 0; sent < count; sent += 1) {
      const id = this.store.reserve(1);
      told += this.desk.incoming(dialect, { ...text, id, receivedAtMs: this.clock.nowMs() });
    }
    this.journal.note('admin.incoming', 'sent', { dialect, phone: text.phone, count, told });
    return { told };
  }
}

function isoOf(epochMs: number | undefined): string | undefined {
  return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}
