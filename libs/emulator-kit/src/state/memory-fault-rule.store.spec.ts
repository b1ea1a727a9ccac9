import { describeFaultRuleStore } from '../../test/fault-rule-store-contract.js';
import { MemoryFaultRuleStore } from './memory-fault-rule.store.js';

describeFaultRuleStore('memory', async () => new MemoryFaultRuleStore());
