import { DispatcherTools, OperationTable } from './operation-table.js';
import { BindOperations } from './operations/bind.operations.js';
import { ManageOperations } from './operations/manage.operations.js';
import { PendingReplacement } from './operations/pending-replacement.js';
import { SubmitLimits } from './operations/submit-limits.js';
import { SubmitOperations } from './operations/submit.operations.js';
import { SmppDispatcher } from './smpp-dispatcher.js';
import { SmppOutbind } from './smpp-outbind.js';
import { SmppReceipts } from './smpp-receipts.js';
import { SmppServer } from './smpp-server.js';
import { SmppSessions } from './smpp-sessions.js';
import { SmppWatch } from './smpp-watch.js';
import { SubjectCache } from './subject-cache.js';

/** Everything SMPP brings into the composition. */
export const SMPP_PROVIDERS = [
  BindOperations,
  DispatcherTools,
  ManageOperations,
  OperationTable,
  PendingReplacement,
  SmppDispatcher,
  SmppOutbind,
  SmppReceipts,
  SmppServer,
  SmppSessions,
  SmppWatch,
  SubjectCache,
  SubmitLimits,
  SubmitOperations,
];
