import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin } from '@poligon/emulator-kit';
import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config.js';
import { Refusal } from '../domain/refusal.js';

/** An integrator registered by an engineer. */
export interface Integrator {
  readonly id: string;
  readonly issuer: string;
  readonly certificatePem: string;
}

const AUDIENCE = 'esa.hr-link.ru';
const MAX_TOKENS = 10_000;
const MAX_LIFE_SECONDS = 600;
const header = z.object({ alg: z.literal('RS256') });
const claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.literal(AUDIENCE),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
});

/** Unified authorization: an integrator's JWT against a master token (spec 2.2). */
@ResetOnAdmin()
@Injectable()
export class MasterTokens {
  private readonly integrators = new Map<string, Integrator>();
  /** Token → end of life. */
  private readonly tokens = new Map<string, number>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  register(integrator: Integrator): void {
    this.integrators.set(integrator.id, integrator);
  }

  /** Refuses with 90.402 naming the failed check. */
  exchange(authorization: string | undefined): { token: string; expiresAtMs: number } {
    const jwt = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (jwt === undefined) throw refused('Authorization header with a Bearer JWT is required');
    this.check(jwt);
    const token = this.ids.uuid();
    const expiresAtMs = this.clock.nowMs() + this.config.masterTokenTtlMs;
    const [oldest] = this.tokens.keys();
    if (this.tokens.size >= MAX_TOKENS && oldest !== undefined) this.tokens.delete(oldest);
    this.tokens.set(token, expiresAtMs);
    return { token, expiresAtMs };
  }

  isValid(token: string): boolean {
    return (this.tokens.get(token) ?? 0) > this.clock.nowMs();
  }

  reset(): void {
    this.tokens.clear();
  }

  /** Header, claims, integrator, signature, times: in this order, the first failure is named. */
  private check(jwt: string): void {
    const [head = '', body = '', signature = ''] = jwt.split('.');
    if (!header.safeParse(jsonPart(head)).success) throw refused('alg must be RS256');
    const parsed = claims.safeParse(jsonPart(body));
    if (!parsed.success) throw refused(`claim ${parsed.error.issues[0]?.path.join('.') ?? ''} is missing or wrong`);
    const { iss, sub, nbf, exp } = parsed.data;
    const integrator = this.integrators.get(sub);
    if (integrator?.issuer !== iss) throw refused('integrator is unknown');
    checkSignature(integrator, `${head}.${body}`, signature);
    checkTimes({ nbf, exp }, this.clock.nowMs() / 1000);
  }
}

function checkSignature({ certificatePem }: Integrator, text: string, signature: string): void {
  const { publicKey } = new X509Certificate(certificatePem);
  const isGood = createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64url');
  if (!isGood) throw refused('signature does not verify');
}

function checkTimes({ nbf, exp }: { nbf: number; exp: number }, nowSeconds: number): void {
  if (exp - nbf > MAX_LIFE_SECONDS) throw refused('exp - nbf must be at most 10 minutes');
  if (nbf > nowSeconds || exp <= nowSeconds) throw refused('token is not valid at this time');
}

function refused(reason: string): Refusal {
  return new Refusal('masterTokenRefused', { reason });
}

function jsonPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
