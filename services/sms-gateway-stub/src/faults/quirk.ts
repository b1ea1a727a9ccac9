import type { Exchange } from '@poligon/emulator-kit';
import type { CallbackQuirks } from '../flow/callback-format.js';
import { CALLBACK_QUIRKS } from '../flow/callback-sender.js';

/** Spoils the callback of this exchange in one more way. */
export function quirk(exchange: Exchange, quirks: CallbackQuirks): void {
  exchange.hint(CALLBACK_QUIRKS, { ...(exchange.hinted(CALLBACK_QUIRKS) as CallbackQuirks | undefined), ...quirks });
}
