import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { partsOf } from '../domain/segments.js';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The parts of a long text are shown in the wrong order. */
@FaultKind()
export class SmsSegmentShuffledFault implements Fault<Options> {
  readonly name = 'sms-segment-shuffled';
  readonly about = 'parts of a long text are shown out of order';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) arrival.text = [...partsOf(arrival.text)].reverse().join('');
    });
  }
}
