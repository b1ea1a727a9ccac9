import { request } from 'undici';
import type { Dispatcher } from 'undici';

/** An emulator's admin door: its name in reports and where it is. */
export interface AdminDoor {
  name: string;
  url: string;
  token?: string;
}

const TIMEOUT_MS = 3000;

/** Reads JSON from an admin door. Throws on anything but 200: callers treat it as «not known». */
export async function readAdmin(door: AdminDoor, path: string, dispatcher?: Dispatcher): Promise<unknown> {
  const answer = await request(door.url.replace(/\/$/, '') + path, {
    headers: door.token ? { authorization: `Bearer ${door.token}` } : {},
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    ...(dispatcher ? { dispatcher } : {}),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${door.name} ${path}: status ${answer.statusCode}`);
  return JSON.parse(text) as unknown;
}
