import type { ErrorCatalogue } from '@poligon/emulator-kit';
import type { Type } from '@nestjs/common';
import { SmscAccount } from '../smsc/smsc-account.js';
import { SmscCabinetController } from '../smsc/smsc-cabinet.controller.js';
import { SmscQueryController } from '../smsc/smsc-query.controller.js';
import { SmscSendController } from '../smsc/smsc-send.controller.js';
import { smscErrors, smscRefusals } from '../smsc/smsc.errors.js';
import type { DialectRefusals } from './refusal-table.js';

/** What one HTTP dialect brings into the composition. */
export interface HttpDialect {
  readonly errors: ErrorCatalogue;
  readonly refusals: DialectRefusals;
  readonly controllers: readonly Type[];
  readonly providers: readonly Type[];
}

/** All HTTP dialects. A path that belongs to none is answered by the last, whose web server is the plainest. */
export const HTTP_DIALECTS: readonly HttpDialect[] = [
  {
    errors: smscErrors,
    refusals: smscRefusals,
    controllers: [SmscSendController, SmscQueryController, SmscCabinetController],
    providers: [SmscAccount],
  },
];
