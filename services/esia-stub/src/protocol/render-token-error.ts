import { allowHeader, describeError } from './describe-error.js';
import { formOf } from './parameters.codec.js';
import type { ErrorRenderer } from './error-renderer.js';

/** Error of the token endpoint: OAuth JSON with the state of the request. */
export const renderTokenError: ErrorRenderer = (name, detail, { body }) => {
  const { error, status, description } = describeError(name, detail);
  const state = formOf(body).get('state');
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'no-store',
      ...allowHeader(name, detail),
    },
    body: JSON.stringify({ error, error_description: description, ...(state === undefined ? {} : { state }) }),
  };
};
