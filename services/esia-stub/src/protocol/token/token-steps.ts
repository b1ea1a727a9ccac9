import { Injectable, type Provider } from '@nestjs/common';
import { ClientCertificateStep } from '../calls/client-certificate.step.js';
import { ClientKnownStep } from '../calls/client-known.step.js';
import { ClientSignatureStep } from '../calls/client-signature.step.js';
import { ReadableParametersStep } from '../calls/readable-parameters.step.js';
import { RedirectUriStep } from '../calls/redirect-uri.step.js';
import { ScopeGrantedStep } from '../calls/scope-granted.step.js';
import { ScopeKnownStep } from '../calls/scope-known.step.js';
import type { CallStep } from '../calls/signed-call.js';
import { TimestampStep } from '../calls/timestamp.step.js';
import { WellFormedValuesStep } from '../calls/well-formed-values.step.js';
import { CodeVerifierStep } from './code-verifier.step.js';
import { GrantKnownStep } from './grant-known.step.js';
import { GrantTypeStep } from './grant-type.step.js';
import { MandatoryFieldsStep } from './mandatory-fields.step.js';
import type { TokenCall } from './token-call.js';

/** Checks of a token request, first to last. */
const ORDER = [
  ReadableParametersStep,
  MandatoryFieldsStep,
  WellFormedValuesStep,
  ClientKnownStep,
  RedirectUriStep,
  GrantTypeStep,
  TimestampStep,
  ClientCertificateStep,
  ClientSignatureStep,
  ScopeKnownStep,
  ScopeGrantedStep,
  GrantKnownStep,
  CodeVerifierStep,
];

/** The steps of `te`, ready to run. */
@Injectable()
export class TokenSteps {
  constructor(readonly all: readonly CallStep<TokenCall>[]) {}
}

/** Steps that only token requests have, and the table. */
export const tokenSteps: Provider[] = [
  MandatoryFieldsStep,
  GrantTypeStep,
  GrantKnownStep,
  CodeVerifierStep,
  {
    provide: TokenSteps,
    useFactory: (...steps: CallStep<TokenCall>[]) => new TokenSteps(steps),
    inject: ORDER,
  },
];
