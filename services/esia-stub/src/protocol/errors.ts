import {
  ProtocolError,
  type ErrorCatalogue,
  type FailedCall,
  type FailureDetail,
  type RenderedReply,
} from '@poligon/emulator-kit';
import { OAUTH_ERRORS, PAGE_ERRORS, REST_ERRORS, type OAuthErrorCode, type RestErrorCode } from './error-table.js';
import { renderBrowserError } from './render-browser-error.js';
import { renderGatewayPage } from './render-gateway-page.js';
import { renderRestError } from './render-rest-error.js';
import { renderTokenError } from './render-token-error.js';

/** An OAuth error; `detail.parameter` is shown by ESIA-007014. */
export function oauthError(code: OAuthErrorCode, detail: FailureDetail = {}): ProtocolError {
  return new ProtocolError(code, detail);
}

export function restError(code: RestErrorCode | 'not-found'): ProtocolError {
  return new ProtocolError(code);
}

/** Which part of ESIA answers, and with it the form of errors. */
function partOf({ operation, url }: FailedCall): 'token' | 'rest' | 'browser' {
  const place = operation ?? url;
  if (place === 'esia.oidc.userinfo') return 'rest';
  if (place.startsWith('esia.rs.') || place.startsWith('/rs/') || place === '/rs') return 'rest';
  return /^esia\.v[13]\.te/.test(place) || /^\/aas\/oauth2\/(v\d\/)?te(\?|$)/.test(place) ? 'token' : 'browser';
}

const RENDERERS = { token: renderTokenError, rest: renderRestError, browser: renderBrowserError };

/**
 * Every error of ESIA. One code takes three forms: a redirect or an own page in the browser, OAuth JSON at the token
 * endpoint, `{"code","message"}` at `/rs`.
 */
export const esiaErrors: ErrorCatalogue = {
  protocol: 'esia',
  names: [...Object.keys(OAUTH_ERRORS), ...Object.keys(REST_ERRORS), ...Object.keys(PAGE_ERRORS)],
  problems: {
    malformed: 'ESIA-007038',
    invalid: 'ESIA-007003',
    'too-large': 'ESIA-007038',
    'media-type': 'ESIA-007038',
    'unknown-path': 'not-found',
    'wrong-method': 'method-not-allowed',
    unavailable: 'ESIA-007008',
    internal: 'ESIA-007007',
  },
  owns: () => true,
  render(name, detail, call): RenderedReply {
    if (name === 'gateway-page') return renderGatewayPage(detail);
    return RENDERERS[partOf(call)](name, detail, call);
  },
};
