import type { FailureDetail, RenderedReply } from '@poligon/emulator-kit';
import { PAGE_ERRORS } from './error-table.js';

/** HTML of something between the client and ESIA, where JSON was expected. */
export function renderGatewayPage(detail: FailureDetail): RenderedReply {
  const { text, status: usual } = PAGE_ERRORS['gateway-page'];
  const status = typeof detail['status'] === 'number' ? detail['status'] : usual;
  const title = `${status} ${text}`;
  const body = `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}
