import { SettingsError } from '@poligon/emulator-kit';
import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { OneCConfig } from '../../config.js';

const AUDIENCE = 'esa.hr-link.ru';
const LIFE_SECONDS = 600;
/** Clocks differ: the token is good from a little before now. */
const EARLY_SECONDS = 5;

/** The integrator whose master tokens the connector works with (hrlink.md 2.2). */
export class Integrator {
  constructor(
    private readonly id: string,
    private readonly issuer: string,
    private readonly key: KeyObject,
  ) {}

  /** A signed JWT against which unified authorization gives a master token. */
  jwt(nowMs: number): string {
    const nbf = Math.floor(nowMs / 1000) - EARLY_SECONDS;
    const claims = { iss: this.issuer, sub: this.id, aud: AUDIENCE, iat: nbf, nbf, exp: nbf + LIFE_SECONDS };
    const text = [{ alg: 'RS256', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part), 'utf8').toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(this.key, 'base64url')}`;
  }
}

/** The integrator of the settings; undefined when there is none. @throws SettingsError for a half-told one, or a key that is none */
export function readIntegrator({ integratorId, integratorIssuer, integratorKey }: OneCConfig): Integrator | undefined {
  if (integratorId === undefined) return undefined;
  if (integratorKey === undefined)
    throw new SettingsError('ONEC_HRLINK_INTEGRATOR_KEY: must be set beside the integrator’s id');
  try {
    const key = createPrivateKey(readFileSync(integratorKey));
    if (key.asymmetricKeyType !== 'rsa') throw new Error('must be an RSA key');
    return new Integrator(integratorId, integratorIssuer ?? integratorId, key);
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new SettingsError(`ONEC_HRLINK_INTEGRATOR_KEY: ${integratorKey}: ${reason}`);
  }
}
