import type { RunningEmulator } from '@poligon/emulator-kit';
import { defaultPopulation } from '@poligon/people';
import { startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { smsGatewayStub } from '../src/app.module.js';
import { SmppServer } from '../src/protocol/smpp/smpp-server.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into replies of many shapes
export type Json = any;

/** A started gateway with the calls wire tests make. */
export interface SmsStand {
  readonly emulator: RunningEmulator;
  readonly smppPort: number;
  readonly smppTlsPort: number;
  /** Waits for a text of a phone; undefined when none came. */
  inbox(query: Record<string, string>): Promise<InboxText | undefined>;
  admin(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Json }>;
  /** Sets a fault rule. */
  fault(fault: string, options?: object, operations?: readonly string[]): Promise<void>;
  reset(): Promise<void>;
}

export interface InboxText {
  readonly seq: number;
  readonly id: number;
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly code?: string;
  readonly links: readonly string[];
  readonly receivedAt: string;
  readonly isPartial?: boolean;
}

export const phone = defaultPopulation.phoneOf(42);
export const otherPhone = defaultPopulation.phoneOf(43);

/** Starts the gateway with quick handsets; close `emulator` in `afterAll`. */
export async function startSms(environment: Readonly<Record<string, string>> = {}): Promise<SmsStand> {
  const emulator = await startEmulator(smsGatewayStub, {
    SMS_HANDSET_DELAY: '{"ms":10}',
    SMS_RECEIPT_DELAY_MS: '30',
    SMS_DUPLICATE_WINDOW_MS: '0',
    ...environment,
  });
  const { ports } = emulator.app.get(SmppServer, { strict: false });
  const admin: SmsStand['admin'] = async (method, path, body) => {
    const reply = await request(`${emulator.adminUrl}/__admin/${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, body: text === '' ? undefined : JSON.parse(text) };
  };
  let rules = 0;
  return {
    emulator,
    smppPort: ports[0]!,
    smppTlsPort: ports[1] ?? 0,
    admin,
    inbox: async (query) => {
      const search = new URLSearchParams({ phone, timeoutMs: '5000', ...query }).toString();
      return (await admin('GET', `inbox/wait?${search}`)).body?.message as InboxText | undefined;
    },
    fault: async (fault, options = {}, operations = ['*']) => {
      rules += 1;
      const reply = await admin('PUT', `faults/r${rules}`, { fault, operations, options });
      if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
    },
    reset: async () => {
      await admin('POST', 'reset');
    },
  };
}
