import type { RunningEmulator } from '@poligon/emulator-kit';
import { expandPath, type HrlinkOperation, loadProfile, type PathParams } from '@poligon/hrlink-api';
import { defaultPopulation, type Person } from '@poligon/people';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { hrlinkReference } from '../src/app.module.js';
import { Peers } from './peers.js';

export const profile = loadProfile();
export const API_TOKEN = '11111111-1111-4111-8111-111111111111';
export const CLIENT_ID = '22222222-2222-4222-8222-222222222222';

/** Fast pools: these tests are about behaviour, not capacity. */
const FAST = Object.fromEntries(
  ['read', 'write', 'upload', 'convert', 'bulkItem', 'send', 'sign', 'stamp', 'nqes'].map((name) => [
    name,
    { serviceMs: 1 },
  ]),
);

/** An answer of the API under test, looked into without ceremony. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Json;
  readonly bytes: Buffer;
}

/** Who calls: HR by token, or a person by session. */
export type Credentials = Record<string, string>;
export const HR: Credentials = { 'user-api-token': API_TOKEN };

/** A running reference with its peers and calls by operation name. */
export class Tenant {
  readonly peers: Peers;
  private emulator!: RunningEmulator;

  constructor(peers = new Peers()) {
    this.peers = peers;
  }

  async start(environment: Record<string, string> = {}): Promise<this> {
    const url = await this.peers.start();
    this.emulator = await startEmulator(hrlinkReference, {
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      HRLINK_SMS_URL: url,
      HRLINK_CA_URL: url,
      HRLINK_ESIA_URL: url,
      HRLINK_POOLS: JSON.stringify(FAST),
      HRLINK_CONVERT_PER_MB_MS: '0',
      HRLINK_BULK_QUEUED_MS: '5',
      HRLINK_CA_POLL_MS: '50',
      HRLINK_OUTGOING_RETRY_MS: '5',
      ...environment,
    });
    this.peers.callbackUrl = `${this.emulator.protocolUrl}/api/v1/ca/events`;
    return this;
  }

  async stop(): Promise<void> {
    await this.emulator.close();
    await this.peers.stop();
  }

  get url(): string {
    return this.emulator.protocolUrl;
  }

  call(
    op: HrlinkOperation,
    who: Credentials,
    { params = {}, body }: { params?: PathParams; body?: unknown } = {},
  ): Promise<Answer> {
    const path = expandPath(profile, op, { clientId: CLIENT_ID, ...params });
    const headers = body === undefined ? who : { ...who, 'content-type': 'application/json' };
    return this.raw(profile.operations[op].method, path, {
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** As `call`, failing the test on a refusal. */
  async ok(
    op: HrlinkOperation,
    who: Credentials,
    options: { params?: PathParams; body?: unknown } = {},
  ): Promise<Json> {
    const answer = await this.call(op, who, options);
    if (answer.status !== 200) throw new Error(`${op}: ${answer.status} ${JSON.stringify(answer.body)}`);
    expect(answer.body.result).toBe(true);
    return answer.body;
  }

  async raw(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Credentials; body?: string | Buffer } = {},
  ): Promise<Answer> {
    const reply = await request(this.url + path, { method: method as 'GET', headers, body: body ?? null });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    return { status: reply.statusCode, headers: reply.headers, body: jsonOrText(bytes), bytes };
  }

  async admin(method: string, path: string, body?: unknown): Promise<Json> {
    const reply = await request(`${this.emulator.adminUrl}/__admin/${path}`, {
      method: method as 'GET',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return reply.body.json();
  }

  /** Asks until `isDone`, within the test's own time limit. */
  async until<T>(ask: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
    for (;;) {
      const value = await ask();
      if (isDone(value)) return value;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async upload(name = 'приказ.pdf', content = '%PDF-1.4 test'): Promise<string> {
    const form = new FormData();
    form.append('files', new Blob([content]), name);
    const reply = await fetch(`${this.url}${profile.operations['files.upload'].path}`, {
      method: 'POST',
      headers: HR,
      body: form,
    });
    return ((await reply.json()) as Json).files[0].id as string;
  }

  /** People 0 … count−1 of the population with a УНЭП, through the seed. */
  async seed(count: number, more: Record<string, unknown> = {}): Promise<void> {
    await this.admin('POST', 'seed', { count, state: 'certified', ...more });
    await this.until(
      () => this.admin('GET', 'balance'),
      ({ kinds }) => kinds.nqes.pending === 0,
    );
  }

  /** Logs a seeded person in. */
  async login(person: Person, password = 'Poligon-1'): Promise<Credentials> {
    const answer = await this.call('login', {}, { body: { login: person.phone, password } });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie };
  }

  async employeeId(person: Person): Promise<string> {
    const { objects } = await this.admin('GET', `objects/${person.employeeGuid}`);
    return objects[0].card.legalEntities[0].employeeId as string;
  }

  async typeId(externalId = 'order'): Promise<string> {
    const { documentTypes } = await this.ok('documentTypes', HR);
    return documentTypes.find((type: Json) => type.externalId === externalId).id as string;
  }
}

export const person = (index: number): Person => defaultPopulation.person(index);

function jsonOrText(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
