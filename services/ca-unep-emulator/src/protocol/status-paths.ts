import type { IncomingMessage } from 'node:http';

/** Folders in use at real authorities, in any letter case; what follows the file name (a request in base64) keeps its own. */
const OCSP = /^\/(?:ocsp(?:2012)?\/ocsp\.srf|ocsp(?:2012)?)(?=[/?]|$)/i;
const TSP = /^\/(?:tsp\/tsp\.srf|tsp)(?=[/?]|$)/i;
/** Web servers of УЦ 2.0 do not tell letters of a path apart. */
const REGISTRATION = /^\/ra\/regauthlegacyservice\.svc(?=[/?]|$)/i;
const FILE = /^\/(cdp|aia)\/([^/?]{1,40})/i;

/** The path this service's routes know, for any path clients use; other paths come back as they are. */
export function statusPath(url: string): string {
  return url
    .replace(OCSP, '/ocsp/ocsp.srf')
    .replace(TSP, '/tsp/tsp.srf')
    .replace(REGISTRATION, '/RA/RegAuthLegacyService.svc')
    .replace(FILE, (_, folder: string, file: string) => `/${folder.toLowerCase()}/${file.toLowerCase()}`);
}

/** For `prependListener('request', …)`: leads the known spellings of a path to one route. */
export function tolerateStatusPaths(request: IncomingMessage & { originalUrl?: string }): void {
  const url = request.url ?? '/';
  const known = statusPath(url);
  if (known === url) return;
  request.originalUrl = url;
  request.url = known;
}
