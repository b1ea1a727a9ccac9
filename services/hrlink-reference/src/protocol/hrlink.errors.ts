import type { ErrorCatalogue, FailedCall, FailureDetail, RenderedReply } from '@poligon/emulator-kit';
import type { HrlinkErrorName } from '@poligon/hrlink-api';
import { randomUUID } from 'node:crypto';
import { profile } from '../config.js';

/** operationCode of errors whose own is unknown. */
const UNKNOWN_OPERATION = '00.000';

/** The closed catalogue of spec section 3; codes and texts are those of the path profile. */
export const hrlinkErrors: ErrorCatalogue = {
  protocol: 'hrlink',
  names: Object.keys(profile.errors),
  problems: {
    malformed: 'malformedJson',
    invalid: 'malformedJson',
    'too-large': 'fileTooLarge',
    'media-type': 'malformedJson',
    'unknown-path': 'notFound',
    'wrong-method': 'notFound',
    unavailable: 'overload',
    internal: 'internal',
  },
  owns: () => true,
  render: renderError,
};

function renderError(name: string, detail: FailureDetail, _call: FailedCall): RenderedReply {
  const entry = profile.errors[name as HrlinkErrorName];
  const body = {
    result: false,
    errorId: randomUUID(),
    errorMessage: entry.message,
    errorCode: entry.code,
    operationCode: entry.operationCode ?? UNKNOWN_OPERATION,
    errorData: detail,
  };
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  const retryAfter = detail['retryAfterSeconds'];
  if (typeof retryAfter === 'number') headers['retry-after'] = String(retryAfter);
  else if (entry.status === 503) headers['retry-after'] = '1';
  return { status: entry.status, headers, body: JSON.stringify(body) };
}
