import type { OperationId } from '../profiles/operations.js';
import { applicationUnep } from './application-unep.scenario.js';
import { issueUnep } from './issue-unep.scenario.js';
import type { Scenario } from './scenario.js';
import { sendDocument } from './send-document.scenario.js';
import { sendLna } from './send-lna.scenario.js';
import { signUnep } from './sign-unep.scenario.js';

/** The five business operations by id. */
export const SCENARIOS: Record<OperationId, Scenario> = {
  'send-document': sendDocument,
  'send-lna': sendLna,
  'application-unep': applicationUnep,
  'issue-unep': issueUnep,
  'sign-unep': signUnep,
};
