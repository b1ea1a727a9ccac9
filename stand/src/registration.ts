import { request } from 'undici';
import { z } from 'zod';
import type { Addresses } from './components.js';

const clientSchema = z.object({ mnemonic: z.string(), certificatePem: z.string(), redirectUri: z.string() });

/** Scopes HRLink asks ESIA for when it identifies an employee. */
const SCOPES = ['openid', 'fullname', 'birthdate', 'gender', 'snils', 'inn', 'id_doc', 'mobile', 'email'];

/** Registers HRLink at ESIA, as its owner would do on the technical portal: mnemonic, certificate, redirect URI. */
export async function registerEsiaClient(
  addresses: Pick<Addresses, 'hrlink-reference' | 'esia-stub'>,
  adminToken: string | undefined,
): Promise<void> {
  const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  const read = await request(`${addresses['hrlink-reference'].adminUrl}/__admin/esia-client`, { headers });
  const { mnemonic, certificatePem, redirectUri } = clientSchema.parse(await read.body.json());
  const written = await request(`${addresses['esia-stub'].adminUrl}/__admin/clients/${mnemonic}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ certificatePem, redirectUris: [redirectUri], scopes: SCOPES }),
  });
  const text = await written.body.text();
  if (written.statusCode >= 300) throw new Error(`ESIA refused the client ${mnemonic}: ${text}`);
}
