import { onlyDigits } from './digits.js';

/**
 * A Russian phone number as eleven digits starting with 7. Accepts `+7…`, `7…`, `8…` and the bare ten digits, with
 * spaces, dashes, dots and brackets anywhere; anything else gives undefined.
 */
export function normalisePhone(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  const international = trimmed.startsWith('+');
  const digits = onlyDigits(international ? trimmed.slice(1) : trimmed, 11);
  if (digits === undefined) return undefined;
  if (digits.length === 10) return international ? undefined : `7${digits}`;
  if (digits.length !== 11) return undefined;
  if (digits.startsWith('7')) return digits;
  return digits.startsWith('8') && !international ? `7${digits.slice(1)}` : undefined;
}

/** `+7(910)1234567`, the form used by ЕСИА contacts, from eleven digits starting with 7. */
export const formatPhone = (phone: string): string => `+7(${phone.slice(1, 4)})${phone.slice(4)}`;
