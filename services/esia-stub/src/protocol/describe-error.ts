import type { FailureDetail } from '@poligon/emulator-kit';
import { OAUTH_ERRORS, PAGE_ERRORS, REST_ERRORS, type OAuthErrorEntry } from './error-table.js';

/** An entry of any table as an OAuth error, with the text filled in. */
export interface DescribedError extends OAuthErrorEntry {
  /** `ESIA-xxxxxx: <text>`, or the bare text of an error without a code. */
  readonly description: string;
}

/** Looks an entry up for a part of ESIA that may not be its own: a rule can answer anything anywhere. */
export function describeError(name: string, detail: FailureDetail): DescribedError {
  if (name in PAGE_ERRORS) {
    const { status, text } = PAGE_ERRORS[name as keyof typeof PAGE_ERRORS];
    return { error: 'invalid_request', status, text, description: text };
  }
  if (name in REST_ERRORS) {
    const { status, message } = REST_ERRORS[name as keyof typeof REST_ERRORS];
    return { error: 'invalid_token', status, text: message, description: `${name}: ${message}` };
  }
  const entry: OAuthErrorEntry = OAUTH_ERRORS[name as keyof typeof OAUTH_ERRORS];
  const text = entry.text.replace('{parameter}', () =>
    typeof detail['parameter'] === 'string' ? detail['parameter'] : 'timestamp',
  );
  const error = typeof detail['error'] === 'string' ? detail['error'] : entry.error;
  return { ...entry, error, text, description: `${name}: ${text}` };
}

/** Headers that tell which methods a path knows, when the problem is the method. */
export function allowHeader(name: string, { methods }: FailureDetail): Readonly<Record<string, string>> {
  return name === 'method-not-allowed' && Array.isArray(methods) ? { allow: methods.join(', ') } : {};
}
