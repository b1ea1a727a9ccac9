import type { SmsConfig } from '../../config.js';

/** message_id in the configured form. */
export function messageIdText(id: number, form: SmsConfig['smppIdForm']): string {
  return form === 'hex' ? id.toString(16) : String(id);
}

/** The number behind a message_id, NaN when it is none of ours. */
export function messageIdOf(text: string, form: SmsConfig['smppIdForm']): number {
  const isOurs = form === 'hex' ? /^[0-9a-f]{1,13}$/i.test(text) : /^\d{1,15}$/.test(text);
  return isOurs ? Number.parseInt(text, form === 'hex' ? 16 : 10) : NaN;
}
