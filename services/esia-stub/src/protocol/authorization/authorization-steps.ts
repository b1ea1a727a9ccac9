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
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { TimestampStep } from '../calls/timestamp.step.js';
import { WellFormedValuesStep } from '../calls/well-formed-values.step.js';
import type { Generation } from '../../domain/client.js';
import { FiltersStep } from './filters.step.js';
import { MandatoryParametersStep } from './mandatory-parameters.step.js';
import { PermissionsStep } from './permissions.step.js';
import { ResponseTypeStep } from './response-type.step.js';

const BEFORE_SIGNATURE = [
  ReadableParametersStep,
  MandatoryParametersStep,
  WellFormedValuesStep,
  ClientKnownStep,
  ClientGenerationStep,
  RedirectUriStep,
  ResponseTypeStep,
  FiltersStep,
  TimestampStep,
];
const AFTER_SIGNATURE = [ScopeKnownStep, ScopeGrantedStep, PermissionsStep];

/** Checks of an authorization request, first to last, by generation. */
const V1_ORDER = [...BEFORE_SIGNATURE, ClientCmsStep, ...AFTER_SIGNATURE];
const V2_ORDER = [...BEFORE_SIGNATURE, ClientCertificateStep, ClientSignatureStep, ...AFTER_SIGNATURE];

/** The steps of `ac`, ready to run. */
@Injectable()
export class AuthorizationSteps {
  constructor(readonly all: Readonly<Record<Generation, readonly CallStep<SignedCall>[]>>) {}
}

/** Steps that only authorization requests have, and the table. */
export const authorizationSteps: Provider[] = [
  MandatoryParametersStep,
  ResponseTypeStep,
  FiltersStep,
  PermissionsStep,
  {
    provide: AuthorizationSteps,
    useFactory: (...steps: CallStep<SignedCall>[]) =>
      new AuthorizationSteps({ v1: steps.slice(0, V1_ORDER.length), v3: steps.slice(V1_ORDER.length) }),
    inject: [...V1_ORDER, ...V2_ORDER],
  },
];
