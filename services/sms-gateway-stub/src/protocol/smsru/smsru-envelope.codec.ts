import { WireReply } from '@poligon/emulator-kit';
import { SMSRU_CODES } from './smsru-codes.js';

/** One recipient's or message's line of an answer. */
export interface SmsruItem {
  readonly key: string;
  readonly code: number;
  /** Further fields of the JSON form. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** The text form's line: an id instead of the code. */
  readonly line?: string | undefined;
}

/** `{"status":"OK","status_code":100}` or the error with its text. */
export function smsruStatus(code: number): { status: string; status_code: number; status_text?: string } {
  const isError = code < 0 || code >= 200;
  return isError
    ? { status: 'ERROR', status_code: code, status_text: SMSRU_CODES[code] ?? '' }
    : { status: 'OK', status_code: code };
}

/** A whole-call answer: fields of the JSON form, lines of the text form. */
export function smsruReply(
  isJson: boolean,
  code: number,
  fields: object = {},
  lines: readonly (string | number)[] = [],
): WireReply {
  if (isJson) return WireReply.json({ ...smsruStatus(code), ...fields });
  return WireReply.text([code, ...lines].join('\n'));
}

/** JSON `sms` object of a list of items. */
export function smsruItems(items: readonly SmsruItem[], always = false): object {
  const entries = items.map(({ key, code, fields }) => {
    const status = smsruStatus(code);
    return [key, { ...status, ...(always ? { status_text: SMSRU_CODES[code] ?? '' } : {}), ...fields }] as const;
  });
  return Object.fromEntries(entries);
}
