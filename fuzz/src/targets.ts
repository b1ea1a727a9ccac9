import type { FuzzTarget } from './fuzz-target.js';
import { esiaTarget } from './esia/esia.target.js';
import { smsTarget } from './sms/sms.target.js';

export const TARGETS: readonly FuzzTarget[] = [esiaTarget, smsTarget];
