import type { Type } from '@nestjs/common';
import { ConcurrencyLimitFault } from './concurrency-limit.fault.js';
import { DuplicateFault } from './duplicate.fault.js';
import { EmptyReplyFault } from './empty-reply.fault.js';
import { ErrorFault } from './error.fault.js';
import { GarbageFault } from './garbage.fault.js';
import { LatencyFault } from './latency.fault.js';
import { NoReplyFault } from './no-reply.fault.js';
import { RateLimitFault } from './rate-limit.fault.js';
import { ResetFault } from './reset.fault.js';
import { SlowBodyFault } from './slow-body.fault.js';
import { StatusFault } from './status.fault.js';
import { TruncateFault } from './truncate.fault.js';

/** Providers of the faults that every emulator has. */
export const KIT_FAULTS: readonly Type[] = [
  ConcurrencyLimitFault,
  DuplicateFault,
  EmptyReplyFault,
  ErrorFault,
  GarbageFault,
  LatencyFault,
  NoReplyFault,
  RateLimitFault,
  ResetFault,
  SlowBodyFault,
  StatusFault,
  TruncateFault,
];
