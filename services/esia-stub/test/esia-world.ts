import type { Overrides, RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { esiaStub } from '../src/app.module.js';
import { call, InformationSystem, type Answer } from './information-system.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Starts the emulator, silent, on free ports. */
export const startEsia = (
  environment: Readonly<Record<string, string>> = {},
  overrides: Overrides = [],
): Promise<RunningEmulator> => startEmulator(esiaStub, environment, overrides);

/** A test's view of one running emulator. */
export class EsiaWorld {
  constructor(readonly emulator: RunningEmulator) {}

  get url(): string {
    return this.emulator.protocolUrl;
  }

  async admin(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const reply = await call(this.emulator.adminUrl + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const isJson = String(reply.headers['content-type']).includes('json');
    return { status: reply.status, body: isJson ? JSON.parse(reply.text) : reply.text };
  }

  async register(system: InformationSystem, more: object = {}): Promise<void> {
    const { certificatePem } = system.identity;
    const body = { certificatePem, redirectUris: ['hr.example.test'], ...more };
    const { status } = await this.admin('PUT', `/__admin/clients/${system.mnemonic}`, body);
    expect(status).toBe(200);
  }

  ac(query: string, headers: Record<string, string> = {}): Promise<Answer> {
    return call(`${this.url}/aas/oauth2/v2/ac?${query}`, { headers });
  }

  post(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return call(this.url + path, { method: 'POST', headers: { ...FORM, ...headers }, body });
  }

  te(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.post('/aas/oauth2/v3/te', body, headers);
  }

  rest(path: string, token: string, headers: Record<string, string> = {}): Promise<Answer> {
    return call(this.url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  }

  /** Walks from `ac` through the automatic login; returns the parameters of the redirect back. */
  async walk(query: string, person: string): Promise<URLSearchParams> {
    const first = await this.ac(query);
    expect(first.headers['location']).toBe(`${this.url}/login`);
    const login = await call(`${this.url}/login`, {
      headers: { cookie: cookieOf(first), 'poligon-person': person },
    });
    return paramsOf(login);
  }

  /** A whole login: returns the token response. */
  async login(system: InformationSystem, person: string, scope = 'openid fullname snils') {
    const code = (await this.walk(system.authorization({ scope }), person)).get('code')!;
    const reply = await this.te(system.codeForm(code));
    return { code, ...(JSON.parse(reply.text) as TokenAnswer) };
  }

  /** Notes of one kind in the journal, oldest first. */
  async notes(operation: string) {
    const { body } = await this.admin('GET', `/__admin/journal?operation=${operation}`);
    return body.entries as { outcome: string; wire: Record<string, unknown> }[];
  }

  async fault(fault: string, operations: readonly string[], options: object = {}): Promise<void> {
    const { status, body } = await this.admin('PUT', `/__admin/faults/${fault}`, { fault, operations, options });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly state: string;
  readonly token_type: string;
  readonly expires_in: number;
}

/** `name=value` of the cookie an answer sets. */
export const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';', 1)[0]!;

/** Query of the address an answer redirects to. */
export const paramsOf = ({ headers }: Answer): URLSearchParams => new URL(String(headers['location'])).searchParams;

/** The three parts of a token, first two read. */
export function readJwt(token: string) {
  const [header, payload, signature] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  return {
    rawHeader: header!.toString(),
    rawPayload: payload!.toString(),
    header: JSON.parse(header!.toString()),
    payload: JSON.parse(payload!.toString()),
    signature: signature!,
    signed,
  };
}
