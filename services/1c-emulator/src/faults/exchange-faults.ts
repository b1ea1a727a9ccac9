import { AppUpdatingFault } from './app-updating.fault.js';
import { CommercemlEndlessProgressFault } from './commerceml-endless-progress.fault.js';
import { ExchangeGapFault } from './exchange-gap.fault.js';
import { ExchangeRepeatFault } from './exchange-repeat.fault.js';
import { JobCanceledFault } from './job-canceled.fault.js';
import { JobStuckActiveFault } from './job-stuck-active.fault.js';
import { NodeNotFoundFault } from './node-not-found.fault.js';
import { PartMissingFault } from './part-missing.fault.js';
import { WsdlChangedFault } from './wsdl-changed.fault.js';
import { ZipEmptyFault } from './zip-empty.fault.js';

/** Faults of data exchange, of web services and of the web site. */
export const EXCHANGE_FAULTS = [
  AppUpdatingFault,
  CommercemlEndlessProgressFault,
  ExchangeGapFault,
  ExchangeRepeatFault,
  JobCanceledFault,
  JobStuckActiveFault,
  NodeNotFoundFault,
  PartMissingFault,
  WsdlChangedFault,
  ZipEmptyFault,
];
