import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Environment } from '../config.js';
import type { HrCredentials } from '../hrlink/hr-credentials.js';
import { ConfigError } from '../profiles/read-yaml-file.js';

/** Options that say who HR is; secrets may come from the environment. */
export interface CredentialOptions {
  token?: string;
  login?: string;
  integratorKey?: string;
  integratorId?: string;
  integratorIssuer?: string;
  impersonate?: string;
}

/** Adds the options of credentials to a command. */
export function withCredentials(command: Command): Command {
  return command
    .option('--token <token>', "HR's User-Api-Token (or LOAD_HRLINK_TOKEN)")
    .option('--login <login>', "HR's login instead of a token; the password is LOAD_HRLINK_PASSWORD")
    .option('--integrator-key <file>', "integrator's RSA key (PEM): master tokens instead of a token")
    .option('--integrator-id <id>', "integrator's UUID")
    .option('--integrator-issuer <issuer>', "integrator's registered issuer")
    .option('--impersonate <externalId>', 'user the master token acts for');
}

/** HR's credentials. Throws ConfigError with one line when they are missing or incomplete. */
export function credentialsFrom(options: CredentialOptions, environment: Environment): HrCredentials {
  if (options.integratorKey !== undefined) return integrator(options, options.integratorKey);
  if (options.login !== undefined) {
    if (!environment.password) throw new ConfigError('--login: set LOAD_HRLINK_PASSWORD');
    return { kind: 'login', login: options.login, password: environment.password };
  }
  const token = options.token ?? environment.token;
  if (!token) throw new ConfigError('--token: missing, name it or set LOAD_HRLINK_TOKEN');
  return token;
}

function integrator(options: CredentialOptions, file: string): HrCredentials {
  const { integratorId: id, integratorIssuer: issuer, impersonate: impersonated } = options;
  if (!id || !issuer || !impersonated) {
    throw new ConfigError('--integrator-key: needs --integrator-id, --integrator-issuer and --impersonate');
  }
  if (!existsSync(file)) throw new ConfigError(`--integrator-key: ${file}: no such file`);
  const privateKeyPem = readFileSync(file, 'utf8');
  try {
    if (createPrivateKey(privateKeyPem).asymmetricKeyType !== 'rsa') throw new Error('not RSA');
  } catch {
    throw new ConfigError(`--integrator-key: ${file}: must be an RSA private key in PEM`);
  }
  return { kind: 'master', id, issuer, privateKeyPem, impersonated };
}
