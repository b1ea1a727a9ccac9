import { Injectable, type Provider } from '@nestjs/common';
import { ClientCertificateStep } from '../calls/client-certificate.step.js';
import { ClientKnownStep } from '../calls/client-known.step.js';
import { ClientSignatureStep } from '../calls/client-signature.step.js';
import { ReadableParametersStep } from '../calls/readable-parameters.step.js';
import { RedirectUriStep } from '../calls/redirect-uri.step.js';
import { ScopeGrantedStep } from '../calls/scope-granted.step.js';
import { ScopeKnownStep } from '../calls/scope-known.step.js';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { TimestampStep } from '../calls/timestamp.step.js';
import { WellFormedValuesStep } from '../calls/well-formed-values.step.js';
import { MandatoryParametersStep } from './mandatory-parameters.step.js';
import { ResponseTypeStep } from './response-type.step.js';

/** Checks of an authorization request, first to last. */
const ORDER = [
  ReadableParametersStep,
  MandatoryParametersStep,
  WellFormedValuesStep,
  ClientKnownStep,
  RedirectUriStep,
  ResponseTypeStep,
  TimestampStep,
  ClientCertificateStep,
  ClientSignatureStep,
  ScopeKnownStep,
  ScopeGrantedStep,
];

/** The steps of `ac`, ready to run. */
@Injectable()
export class AuthorizationSteps {
  constructor(readonly all: readonly CallStep<SignedCall>[]) {}
}

/** Steps that only authorization requests have, and the table. */
export const authorizationSteps: Provider[] = [
  MandatoryParametersStep,
  ResponseTypeStep,
  {
    provide: AuthorizationSteps,
    useFactory: (...steps: CallStep<SignedCall>[]) => new AuthorizationSteps(steps),
    inject: ORDER,
  },
];
