import { request } from 'undici';

const TIMEOUT_MS = 5000;
const MAX_CHARS = 64 * 1024 * 1024;

export interface TextRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** Body of a reply with status 200. Throws on any other status, after five seconds without a byte, or above 64 MiB. */
export async function httpText(url: string, { method = 'GET', headers = {}, body }: TextRequest = {}): Promise<string> {
  const reply = await request(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  if (reply.statusCode !== 200) {
    await reply.body.dump();
    throw new Error(`status ${reply.statusCode}`);
  }
  let text = '';
  reply.body.setEncoding('utf8');
  for await (const chunk of reply.body) {
    text += chunk as string;
    if (text.length > MAX_CHARS) throw new Error('the answer is larger than 64 MiB');
  }
  return text;
}
