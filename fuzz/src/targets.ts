import type { FuzzTarget } from './fuzz-target.js';
import { smsTarget } from './sms/sms.target.js';

export const TARGETS: readonly FuzzTarget[] = [smsTarget];
