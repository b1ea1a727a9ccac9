import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({
  form: z.enum(['question-marks', 'little-endian']).default('question-marks'),
});
type Options = z.output<typeof options>;

const MANGLED: Readonly<Record<Options['form'], (text: string) => string>> = {
  // eslint-disable-next-line no-control-regex -- everything beyond ASCII is lost
  'question-marks': (text) => text.replace(/[^\u0000-\u007f]/g, '?'),
  'little-endian': (text) => Buffer.from(text, 'utf16le').swap16().toString('utf16le'),
};

/** Cyrillic is damaged on the way: question marks, or UCS2 read with its bytes swapped. */
@FaultKind()
export class SmsTextMangledFault implements Fault<Options> {
  readonly name = 'sms-text-mangled';
  readonly about = 'Cyrillic becomes question marks or byte-swapped UCS2';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) arrival.text = MANGLED[options.form](arrival.text);
    });
  }
}
