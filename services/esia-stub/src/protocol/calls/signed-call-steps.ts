import { CertificatePolicy } from './certificate-policy.js';
import { ClientCertificateStep } from './client-certificate.step.js';
import { ClientCmsStep } from './client-cms.step.js';
import { ClientGenerationStep } from './client-generation.step.js';
import { ClientKnownStep } from './client-known.step.js';
import { ClientSignatureStep } from './client-signature.step.js';
import { ReadableParametersStep } from './readable-parameters.step.js';
import { RedirectUriStep } from './redirect-uri.step.js';
import { RefusedSignatures } from './refused-signatures.js';
import { ScopeGrantedStep } from './scope-granted.step.js';
import { ScopeKnownStep } from './scope-known.step.js';
import { SignatureTimes } from './signature-times.js';
import { TimestampStep } from './timestamp.step.js';
import { WellFormedValuesStep } from './well-formed-values.step.js';

/** Steps that authorization and token requests share. */
export const signedCallSteps = [
  ReadableParametersStep,
  WellFormedValuesStep,
  ClientKnownStep,
  RedirectUriStep,
  TimestampStep,
  RefusedSignatures,
  SignatureTimes,
  CertificatePolicy,
  ClientGenerationStep,
  ClientCmsStep,
  ClientCertificateStep,
  ClientSignatureStep,
  ScopeKnownStep,
  ScopeGrantedStep,
];
