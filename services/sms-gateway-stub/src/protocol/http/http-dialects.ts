import type { Type } from '@nestjs/common';
import type { ErrorCatalogue } from '@poligon/emulator-kit';
import type { CallbackFormat } from '../../flow/callback-format.js';
import { SmsruSmsController } from '../smsru/smsru-sms.controller.js';
import { SmsruCabinetController } from '../smsru/smsru-cabinet.controller.js';
import { SmsruCallController } from '../smsru/smsru-call.controller.js';
import { SmsruAccount } from '../smsru/smsru-account.js';
import { SmsruCallback } from '../smsru/smsru.callback.js';
import { smsruErrors, smsruRefusals } from '../smsru/smsru.errors.js';
import { SmsaeroSmsController } from '../smsaero/smsaero-sms.controller.js';
import { SmsaeroCabinetController } from '../smsaero/smsaero-cabinet.controller.js';
import { SmsaeroCodeController } from '../smsaero/smsaero-code.controller.js';
import { SmsaeroCallback } from '../smsaero/smsaero.callback.js';
import { smsaeroErrors, smsaeroRefusals } from '../smsaero/smsaero.errors.js';
import { ExolveController } from '../exolve/exolve.controller.js';
import { ExolveCallback } from '../exolve/exolve.callback.js';
import { exolveErrors, exolveRefusals } from '../exolve/exolve.errors.js';
import { OmniController } from '../omni/omni.controller.js';
import { OmniCallback } from '../omni/omni.callback.js';
import { omniErrors, omniRefusals } from '../omni/omni.errors.js';
import { BeelineController } from '../beeline/beeline.controller.js';
import { beelineErrors, beelineRefusals } from '../beeline/beeline.errors.js';
import { MegafonController } from '../megafon/megafon.controller.js';
import { MegafonCallback } from '../megafon/megafon.callback.js';
import { megafonErrors, megafonRefusals } from '../megafon/megafon.errors.js';
import { DevinoController } from '../devino/devino.controller.js';
import { DevinoCallback } from '../devino/devino.callback.js';
import { devinoErrors, devinoRefusals } from '../devino/devino.errors.js';
import { IqsmsController } from '../iqsms/iqsms.controller.js';
import { IqsmsQueues } from '../iqsms/iqsms-queues.js';
import { iqsmsErrors, iqsmsRefusals } from '../iqsms/iqsms.errors.js';
import { TwilioController } from '../twilio/twilio.controller.js';
import { TwilioRemoved } from '../twilio/twilio-removed.js';
import { TwilioCallback } from '../twilio/twilio.callback.js';
import { twilioErrors, twilioRefusals } from '../twilio/twilio.errors.js';
import { SmscSendController } from '../smsc/smsc-send.controller.js';
import { SmscQueryController } from '../smsc/smsc-query.controller.js';
import { SmscCabinetController } from '../smsc/smsc-cabinet.controller.js';
import { SmscAccount } from '../smsc/smsc-account.js';
import { SmscCallback } from '../smsc/smsc.callback.js';
import { smscErrors, smscRefusals } from '../smsc/smsc.errors.js';
import type { DialectRefusals } from './refusal-table.js';

/** What one HTTP dialect brings into the composition. */
export interface HttpDialect {
  readonly errors: ErrorCatalogue;
  readonly refusals: DialectRefusals;
  readonly controllers: readonly Type[];
  readonly providers: readonly Type[];
  readonly callback?: Type<CallbackFormat>;
}

/** All HTTP dialects, told apart by their paths. A path of none is answered by the last, whose web server is the plainest. */
export const HTTP_DIALECTS: readonly HttpDialect[] = [
  {
    errors: smsruErrors,
    refusals: smsruRefusals,
    controllers: [SmsruSmsController, SmsruCabinetController, SmsruCallController],
    providers: [SmsruAccount],
    callback: SmsruCallback,
  },
  {
    errors: smsaeroErrors,
    refusals: smsaeroRefusals,
    controllers: [SmsaeroSmsController, SmsaeroCabinetController, SmsaeroCodeController],
    providers: [],
    callback: SmsaeroCallback,
  },
  {
    errors: exolveErrors,
    refusals: exolveRefusals,
    controllers: [ExolveController],
    providers: [],
    callback: ExolveCallback,
  },
  {
    errors: omniErrors,
    refusals: omniRefusals,
    controllers: [OmniController],
    providers: [],
    callback: OmniCallback,
  },
  {
    errors: beelineErrors,
    refusals: beelineRefusals,
    controllers: [BeelineController],
    providers: [],
  },
  {
    errors: megafonErrors,
    refusals: megafonRefusals,
    controllers: [MegafonController],
    providers: [],
    callback: MegafonCallback,
  },
  {
    errors: devinoErrors,
    refusals: devinoRefusals,
    controllers: [DevinoController],
    providers: [],
    callback: DevinoCallback,
  },
  {
    errors: iqsmsErrors,
    refusals: iqsmsRefusals,
    controllers: [IqsmsController],
    providers: [IqsmsQueues],
  },
  {
    errors: twilioErrors,
    refusals: twilioRefusals,
    controllers: [TwilioController],
    providers: [TwilioRemoved],
    callback: TwilioCallback,
  },
  {
    errors: smscErrors,
    refusals: smscRefusals,
    controllers: [SmscSendController, SmscQueryController, SmscCabinetController],
    providers: [SmscAccount],
    callback: SmscCallback,
  },
];
