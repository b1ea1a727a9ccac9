import { OutgoingError, type OutgoingReply } from '@poligon/emulator-kit';
import { expandPath, literal, readAnswer } from '@poligon/hrlink-api';
import type { Integrator } from './integrator.js';
import { answerOf } from './portal-answer.js';
import { FAILURE_TEXTS, PortalFailure } from './portal-failure.js';
import type { Portal } from './portal.js';
import type { Tenant } from './tenants.js';

/** What the calls of a run prove who they are with. */
export interface Credentials {
  /** @param isDead a token nobody issued instead. @throws PortalFailure without one */
  headers(isDead: boolean): Promise<Record<string, string>>;
}

/** A token HRLink never issued: what an expired one is to it. */
const DEAD_TOKEN = '00000000-0000-4000-8000-000000000000';
/** A master token is renewed that long before its end. */
const RENEW_MS = 30_000;
/** Life of a master token whose end the answer does not tell. */
const DEFAULT_LIFE_MS = 60_000;

export function credentialsOf(portal: Portal, tenant: Tenant): Credentials {
  const { integrator } = portal;
  return integrator === undefined ? apiToken(portal, tenant) : new MasterToken(portal, tenant, integrator);
}

function apiToken({ profile }: Portal, { token }: Tenant): Credentials {
  return {
    headers: async (isDead) => {
      if (token === undefined) throw new PortalFailure(FAILURE_TEXTS.noToken);
      return { [profile.headers.apiToken]: isDead ? DEAD_TOKEN : token };
    },
  };
}

/** The integrator's master token and the user it acts for; renewed before it ends (hrlink.md 2.2). */
class MasterToken implements Credentials {
  private token = '';
  private untilMs = 0;

  constructor(
    private readonly portal: Portal,
    private readonly tenant: Tenant,
    private readonly integrator: Integrator,
  ) {}

  async headers(isDead: boolean): Promise<Record<string, string>> {
    const { profile, config, time } = this.portal;
    const { impersonate } = this.tenant;
    if (impersonate === undefined) throw new PortalFailure(FAILURE_TEXTS.noUser);
    if (!isDead && time.clock.nowMs() >= this.untilMs) await this.renew();
    return {
      [profile.headers.masterToken]: isDead ? DEAD_TOKEN : this.token,
      [profile.headers.impersonatedUserId]: impersonate,
      [profile.headers.impersonatedUserIdType]: literal(profile, 'impersonationIdType', config.hrlinkImpersonateType),
    };
  }

  private async renew(): Promise<void> {
    const { profile, config, time } = this.portal;
    const answer = answerOf(await this.ask());
    const token = readAnswer(profile, 'masterTokens.create', 'token', answer);
    if (typeof token !== 'string' || token === '')
      throw new PortalFailure(FAILURE_TEXTS.noMasterToken(config.esaUrl ?? ''));
    const ends = Date.parse(String(readAnswer(profile, 'masterTokens.create', 'expiresDate', answer)));
    const nowMs = time.clock.nowMs();
    this.token = token;
    this.untilMs = Number.isNaN(ends) ? nowMs + DEFAULT_LIFE_MS : Math.max(nowMs + 1000, ends - RENEW_MS);
  }

  /** Asks unified authorization. @throws PortalFailure in 1C's words about the portal's refusal */
  private async ask(): Promise<OutgoingReply> {
    const { profile, config, http, time } = this.portal;
    const reply = await http
      .json({
        name: 'hrlink.masterTokens.create',
        method: profile.operations['masterTokens.create'].method,
        url: (config.esaUrl ?? this.tenant.url) + expandPath(profile, 'masterTokens.create', {}),
        headers: { authorization: `Bearer ${this.integrator.jwt(time.clock.nowMs())}`, accept: 'application/json' },
        timeoutMs: config.callTimeoutMs,
        body: { tenantHost: new URL(this.tenant.url).host },
      })
      .catch((failure: unknown) => {
        throw failure instanceof OutgoingError
          ? new PortalFailure(FAILURE_TEXTS.unreachable(failure.message))
          : failure;
      });
    if (reply.status === 401) throw new PortalFailure(FAILURE_TEXTS.masterTokenRefused);
    return reply;
  }
}
