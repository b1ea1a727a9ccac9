import { request } from 'undici';

const TIMEOUT_MS = 70_000;

/** A call the admin door refused, or a door that is not there; the message is one line for the engineer. */
export class AdminCallError extends Error {
  override readonly name = 'AdminCallError';
}

/** Calls of one admin door. */
export class AdminClient {
  constructor(
    readonly url: string,
    private readonly token: string | undefined,
  ) {}

  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.call('PUT', path, body);
  }

  post(path: string): Promise<unknown> {
    return this.call('POST', path);
  }

  delete(path: string): Promise<unknown> {
    return this.call('DELETE', path);
  }

  /** @throws AdminCallError in the door's own words */
  private async call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const reply = await request(`${this.url}/__admin/${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    }).catch((failure: unknown) => {
      throw new AdminCallError(
        `${this.url}: ${(failure as Error).message || String((failure as { code?: string }).code)}`,
      );
    });
    const text = await reply.body.text();
    const data = parsed(text);
    if (reply.statusCode < 400) return data;
    const error = (data as { error?: unknown } | undefined)?.error;
    throw new AdminCallError(typeof error === 'string' ? error : `${this.url} answered ${reply.statusCode}`);
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
