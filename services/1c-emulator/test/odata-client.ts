import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { oneCEmulator } from '../src/app.module.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Calls the standard interface of an emulator the way HTTP clients of 1C do. */
export class ODataClient {
  private constructor(readonly emulator: RunningEmulator) {}

  static async start(environment: Record<string, string> = {}): Promise<ODataClient> {
    const settings = { ONEC_SCHEDULE_PROFILE: 'manual', ONEC_EMPLOYEES: '50', ...environment };
    return new ODataClient(await startEmulator(oneCEmulator, settings));
  }

  stop(): Promise<void> {
    return this.emulator.close();
  }

  get root(): string {
    return `${this.emulator.protocolUrl}/zup/odata/standard.odata`;
  }

  /** `path` below the service root; Cyrillic and spaces are encoded, everything else goes as it is. */
  async call(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const type: Record<string, string> =
      body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
    const reply = await request(this.root + encodeURI(path), {
      method,
      headers: { ...type, ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = Buffer.from(await reply.body.arrayBuffer()).toString('utf8');
    return { status: reply.statusCode, headers: reply.headers, text };
  }

  /** The same as JSON: the parsed body in `body`. */
  async json(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const reply = await this.call(method, path, body, { accept: 'application/json', ...headers });
    return { ...reply, body: reply.text === '' ? undefined : JSON.parse(reply.text) };
  }

  /** Rows of a set. */
  async rows(path: string) {
    const { status, body, text } = await this.json('GET', path);
    if (status !== 200) throw new Error(`${status}: ${text}`);
    return body.value;
  }
}
