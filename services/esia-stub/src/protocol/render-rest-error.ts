import { allowHeader, describeError } from './describe-error.js';
import { PAGE_ERRORS } from './error-table.js';
import type { ErrorRenderer } from './error-renderer.js';

/** Error of `/rs`: code and message; an unknown path or element has neither, so its answer is an empty object. */
export const renderRestError: ErrorRenderer = (name, detail) => {
  const { status, text } = describeError(name, detail);
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...allowHeader(name, detail) },
    body: JSON.stringify(name in PAGE_ERRORS ? {} : { code: name, message: text }),
  };
};
