import type { FuzzTarget } from './fuzz-target.js';
import { caTarget } from './ca/ca.target.js';
import { esiaTarget } from './esia/esia.target.js';
import { oneCTarget } from './onec/onec.target.js';
import { otlpTarget } from './otlp/otlp.target.js';
import { smsTarget } from './sms/sms.target.js';

export const TARGETS: readonly FuzzTarget[] = [caTarget, esiaTarget, oneCTarget, otlpTarget, smsTarget];
