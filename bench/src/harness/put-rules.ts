import { request } from 'undici';

/** Sets rules at an emulator's admin door. @throws Error in the door's own words */
export async function putRules(adminUrl: string, rules: readonly object[]): Promise<void> {
  const reply = await request(`${adminUrl}/__admin/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  const text = await reply.body.text();
  if (reply.statusCode !== 200) throw new Error(text);
}
