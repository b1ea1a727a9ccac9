import { Injectable, type Provider } from '@nestjs/common';
import { ClientCertificateStep } from '../calls/client-certificate.step.js';
import { ClientCmsStep } from '../calls/client-cms.step.js';
import { ClientGenerationStep } from '../calls/client-generation.step.js';
import { ClientKnownStep } from '../calls/client-known.step.js';
import { ClientSignatureStep } from '../calls/client-signature.step.js';
import { ReadableParametersStep } from '../calls/readable-parameters.step.js';
import { RedirectUriStep } from '../calls/redirect-uri.step.js';
import { ScopeGrantedStep } from '../calls/scope-granted.step.js';
import { ScopeKnownStep } from '../calls/scope-known.step.js';
import type { Generation } from '../../domain/client.js';
import type { CallStep } from '../calls/signed-call.js';
import { TimestampStep } from '../calls/timestamp.step.js';
import { WellFormedValuesStep } from '../calls/well-formed-values.step.js';
import { BasicClientStep } from './basic-client.step.js';
import { CodeVerifierStep } from './code-verifier.step.js';
import { GrantKnownStep } from './grant-known.step.js';
import { GrantTypeStep } from './grant-type.step.js';
import { MandatoryFieldsStep } from './mandatory-fields.step.js';
import { SystemScopeStep } from './system-scope.step.js';
import type { TokenCall } from './token-call.js';

const BEFORE_SIGNATURE = [
  ReadableParametersStep,
  MandatoryFieldsStep,
  WellFormedValuesStep,
  BasicClientStep,
  ClientKnownStep,
  ClientGenerationStep,
  RedirectUriStep,
  GrantTypeStep,
  TimestampStep,
];
const AFTER_SIGNATURE = [ScopeKnownStep, ScopeGrantedStep, SystemScopeStep, GrantKnownStep, CodeVerifierStep];

/** Checks of a token request, first to last, by generation. */
const V1_ORDER = [...BEFORE_SIGNATURE, ClientCmsStep, ...AFTER_SIGNATURE];
const V3_ORDER = [...BEFORE_SIGNATURE, ClientCertificateStep, ClientSignatureStep, ...AFTER_SIGNATURE];

/** The steps of `te`, ready to run. */
@Injectable()
export class TokenSteps {
  constructor(readonly all: Readonly<Record<Generation, readonly CallStep<TokenCall>[]>>) {}
}

/** Steps that only token requests have, and the table. */
export const tokenSteps: Provider[] = [
  MandatoryFieldsStep,
  BasicClientStep,
  GrantTypeStep,
  SystemScopeStep,
  GrantKnownStep,
  CodeVerifierStep,
  {
    provide: TokenSteps,
    useFactory: (...steps: CallStep<TokenCall>[]) =>
      new TokenSteps({ v1: steps.slice(0, V1_ORDER.length), v3: steps.slice(V1_ORDER.length) }),
    inject: [...V1_ORDER, ...V3_ORDER],
  },
];
