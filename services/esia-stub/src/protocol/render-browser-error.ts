import type { FailedCall, FailureDetail } from '@poligon/emulator-kit';
import { allowHeader, describeError } from './describe-error.js';
import { errorPage } from './login/pages/error-page.js';
import { HTML_HEADERS } from './login/pages/page-layout.js';
import { parseParameters } from './parameters.codec.js';
import { withQuery } from './return-address.js';
import type { ErrorRenderer } from './error-renderer.js';

/**
 * Error in the browser: a redirect when the domain found a good address to return to, else ESIA's own page.
 * `detail.returnTo` is the address, null when there is none; absent when a rule failed the call before the domain saw it.
 */
export const renderBrowserError: ErrorRenderer = (name, detail, call) => {
  const described = describeError(name, detail);
  // A refused redirect_uri is never gone back to, also when a rule refuses it.
  const returnTo = name === 'ESIA-007023' ? undefined : returnAddress(detail, call);
  if (returnTo !== undefined) {
    const { description, error } = described;
    return {
      status: 302,
      headers: { location: errorRedirect(returnTo.address, { description, error, state: returnTo.state }) },
      body: '',
    };
  }
  return {
    status: described.status,
    headers: { ...HTML_HEADERS, ...allowHeader(name, detail) },
    body: errorPage(described.description),
  };
};

const AUTHORIZATIONS = ['esia.v1.ac', 'esia.v2.ac'];

interface ReturnAddress {
  readonly address: string;
  readonly state: string | undefined;
}

function returnAddress(detail: FailureDetail, { operation, url }: FailedCall): ReturnAddress | undefined {
  const { returnTo, state } = detail;
  if (typeof returnTo === 'string') return { address: returnTo, state: typeof state === 'string' ? state : undefined };
  if (returnTo === null || !AUTHORIZATIONS.includes(operation ?? '')) return undefined;
  const query = parseParameters(url.slice(url.indexOf('?') + 1));
  const address = query.get('redirect_uri') ?? '';
  return /^https?:\/\//.test(address) && URL.canParse(address) ? { address, state: query.get('state') } : undefined;
}

/** Parameters in the order seen on the real system: error_description, state, error. */
function errorRedirect(
  address: string,
  { description, error, state }: { description: string; error: string; state: string | undefined },
): string {
  const fields = new URLSearchParams({ error_description: description });
  if (state !== undefined) fields.set('state', state);
  fields.set('error', error);
  return withQuery(address, fields);
}
