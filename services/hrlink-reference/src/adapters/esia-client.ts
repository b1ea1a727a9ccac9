import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, jsonOf, OutgoingHttp } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import { EsiaKey } from './esia-key.js';
import { OutgoingFailure } from './outgoing-failure.js';
import { PublicAddress } from './public-address.js';
import { Retry } from './retry.js';

const SCOPE = 'openid fullname birthdate gender snils id_doc';

const tokenSchema = z.object({ access_token: z.string().min(1) });
const claimsSchema = z.object({ 'urn:esia:sbj_id': z.number() });
const personSchema = z.object({ snils: z.string().nullish(), trusted: z.boolean().nullish() });

/** The person ESIA vouches for. */
export interface EsiaPerson {
  readonly oid: number;
  /** Eleven digits; null when ESIA does not give it. */
  readonly snils: string | null;
  /** The account was confirmed in person. */
  readonly isTrusted: boolean;
}

/** Client of ESIA: v2/ac for the browser, v3/te and /rs for us (esia.md 2.3, 2.7, 2.8, 2.11). */
@Injectable()
export class EsiaClient {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly http: OutgoingHttp,
    private readonly retry: Retry,
    private readonly key: EsiaKey,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Where the browser must go. Signed with the moment inside, so good for some minutes only. */
  loginUrl(state: string): string {
    const timestamp = esiaTimestamp(this.clock.nowMs());
    const redirectUri = this.address.esiaCallback;
    const query = new URLSearchParams({
      client_id: this.config.esiaClient,
      client_secret: this.key.secret(this.config.esiaClient + SCOPE + timestamp + state + redirectUri),
      client_certificate_hash: this.key.certificateHash,
      redirect_uri: redirectUri,
      scope: SCOPE,
      response_type: 'code',
      state,
      timestamp,
      access_type: 'online',
    });
    return `${this.config.esiaUrl}/aas/oauth2/v2/ac?${query.toString()}`;
  }

  /** The person behind an authorization code. @throws OutgoingFailure */
  async personByCode(code: string): Promise<EsiaPerson> {
    const token = await this.exchange(code);
    const oid = subjectOf(token);
    const reply = await this.retry.run(async () => {
      const answer = await this.http.call({
        name: 'esia.person',
        method: 'GET',
        url: `${this.config.esiaUrl}/rs/prns/${oid}`,
        headers: { authorization: `Bearer ${token}` },
        timeoutMs: this.config.outgoingTimeoutMs,
      });
      if (answer.status === 200) return answer;
      throw new OutgoingFailure(`esia.person: status ${answer.status}`, answer.status < 500);
    });
    const person = personSchema.safeParse(jsonOf('esia.person', reply));
    if (!person.success) throw new OutgoingFailure('esia.person: answer is not a person', true);
    const { snils, trusted } = person.data;
    return { oid, snils: snils?.replace(/\D/g, '') ?? null, isTrusted: trusted === true };
  }

  /** A code is good once: the exchange is never repeated. */
  private async exchange(code: string): Promise<string> {
    const timestamp = esiaTimestamp(this.clock.nowMs());
    const state = this.ids.uuid();
    const redirectUri = this.address.esiaCallback;
    const form = new URLSearchParams({
      client_id: this.config.esiaClient,
      client_secret: this.key.secret(this.config.esiaClient + SCOPE + timestamp + state + redirectUri + code),
      client_certificate_hash: this.key.certificateHash,
      grant_type: 'authorization_code',
      token_type: 'Bearer',
      code,
      redirect_uri: redirectUri,
      scope: SCOPE,
      scope_org: '',
      state,
      timestamp,
    });
    const reply = await this.http.call({
      name: 'esia.token',
      method: 'POST',
      url: `${this.config.esiaUrl}/aas/oauth2/v3/te`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: this.config.outgoingTimeoutMs,
    });
    if (reply.status !== 200) {
      throw new OutgoingFailure(
        `esia.token: status ${reply.status} ${reply.body.toString('utf8').slice(0, 200)}`,
        true,
      );
    }
    const token = tokenSchema.safeParse(jsonOf('esia.token', reply));
    if (!token.success) throw new OutgoingFailure('esia.token: answer has no access_token', true);
    return token.data.access_token;
  }
}

/** The person's oid from the access token's claims. */
function subjectOf(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown;
    return claimsSchema.parse(claims)['urn:esia:sbj_id'];
  } catch {
    throw new OutgoingFailure('esia.token: access_token names no person', true);
  }
}

/** yyyy.MM.dd HH:mm:ss +0000 (esia.md 2.2). */
export function esiaTimestamp(nowMs: number): string {
  const iso = new Date(nowMs).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '.')} ${iso.slice(11, 19)} +0000`;
}
