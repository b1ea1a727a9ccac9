import { WireReply } from '@poligon/emulator-kit';

/** Answers the web server in front of a gateway gives by itself. */
const PAGES: Readonly<Record<string, readonly [number, string]>> = {
  'http-400': [400, 'Bad Request'],
  'http-404': [404, 'Not Found'],
  'http-405': [405, 'Not Allowed'],
  'http-413': [413, 'Request Entity Too Large'],
  'http-415': [415, 'Unsupported Media Type'],
  'http-429': [429, 'Too Many Requests'],
  'http-500': [500, 'Internal Server Error'],
  'http-502': [502, 'Bad Gateway'],
  'http-503': [503, 'Service Temporarily Unavailable'],
};

/** Error pages by the names `http-<status>`. */
export const nginxPage = {
  names: Object.keys(PAGES),
  render: (name: string): WireReply => {
    const [status, text] = PAGES[name]!;
    const title = `${status} ${text}`;
    const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
    return WireReply.text(body, status, 'text/html');
  },
};
