import { Body, Controller, Post } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError } from '@poligon/emulator-kit';
import { TimestampDesk } from '../../flow/timestamp-desk.js';
import { tspReply } from './tsp.errors.js';

/** Time-stamps (section 2.6, RFC 3161). */
@Controller('tsp/tsp.srf')
export class TspController {
  constructor(private readonly desk: TimestampDesk) {}

  @Post()
  @Operation('tsp.request', { about: 'time-stamps a digest' })
  request(@Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    if (!Buffer.isBuffer(body)) throw new ProtocolError('badDataFormat');
    const skewMs = exchange.hinted('tsp-clock-skew');
    return tspReply(this.desk.answer(body, typeof skewMs === 'number' ? skewMs : 0));
  }
}
