import { Controller, Head } from '@nestjs/common';
import { Clock, CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import { HINT } from '../../faults/fault-hints.js';
import { nowOf } from '../skewed-time.js';

/** `HEAD /`: OpenAM sets its clock by the Date header of this answer. */
@Controller()
export class RootController {
  constructor(private readonly clock: Clock) {}

  @Head()
  @Operation('esia.head', { about: 'wall time in the Date header' })
  head(@CurrentExchange() exchange: Exchange): WireReply {
    const offsetMs = exchange.hinted(HINT.dateHeaderWrong);
    const nowMs = nowOf(exchange, this.clock) + (typeof offsetMs === 'number' ? offsetMs : 0);
    return new WireReply(200, { date: new Date(nowMs).toUTCString() }, '');
  }
}
