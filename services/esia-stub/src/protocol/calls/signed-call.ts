import type { Exchange } from '@poligon/emulator-kit';
import type { ClientCertificate } from '../../domain/client-certificate.js';
import type { Client, Generation } from '../../domain/client.js';
import type { OrgScope } from '../../domain/org-scope.js';
import type { Permission } from '../../domain/permission.js';
import type { SignedForm } from '../../domain/signed-string.js';
import type { Parameters } from '../parameters.codec.js';

/** A request signed by a client, while steps check it and fill in what they found. */
export interface SignedCall {
  readonly exchange: Exchange;
  readonly generation: Generation;
  readonly parameters: Parameters;
  /** Fields whose repetition is an error. */
  readonly fields: readonly string[];
  /** Forms of the signed string this request may have. */
  signedForms: readonly SignedForm[];
  client?: Client;
  /** As it is compared and signed. */
  redirectUri?: string;
  certificate?: ClientCertificate;
  scopes: readonly string[];
  orgScopes: readonly OrgScope[];
  /** Digital-profile consents asked for. */
  permissions?: readonly Permission[];
}

/** One named check of a request. It throws a ProtocolError to refuse. */
export interface CallStep<C> {
  readonly name: string;
  check(call: C): void | Promise<void>;
}

/** Runs steps in order until one refuses. @throws ProtocolError of the step that refused */
export async function runSteps<C>(steps: readonly CallStep<C>[], call: C): Promise<void> {
  for (const step of steps) {
    const pending = step.check(call);
    if (pending !== undefined) await pending;
  }
}

/** Looks a field up as it is signed. */
export function signedField(call: SignedCall): (field: string) => string | undefined {
  return (field) =>
    field === 'redirect_uri' ? (call.redirectUri ?? call.parameters.get(field)) : call.parameters.get(field);
}
