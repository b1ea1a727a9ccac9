import { AddressBook } from './address-book.js';
import { DispatcherTools, OperationTable } from './operation-table.js';
import { BindOperations } from './operations/bind.operations.js';
import { ManageOperations } from './operations/manage.operations.js';
import { PendingReplacement } from './operations/pending-replacement.js';
import { SubmitLimits } from './operations/submit-limits.js';
import { SubmitOperations } from './operations/submit.operations.js';
import { PlainSubmits } from './plain-submits.js';
import { ResponseWriter } from './response-writer.js';
import { SmppDispatcher } from './smpp-dispatcher.js';
import { SmppOutbind } from './smpp-outbind.js';
import { SmppReceipts } from './smpp-receipts.js';
import { SmppRecorder } from './smpp-recorder.js';
import { SmppServer } from './smpp-server.js';
import { SmppSessions } from './smpp-sessions.js';
import { SmppWatch } from './smpp-watch.js';
import { SubmitLane } from './submit-lane.js';

/** Everything SMPP brings into the composition. */
export const SMPP_PROVIDERS = [
  AddressBook,
  BindOperations,
  DispatcherTools,
  ManageOperations,
  OperationTable,
  PendingReplacement,
  PlainSubmits,
  ResponseWriter,
  SmppDispatcher,
  SmppOutbind,
  SmppReceipts,
  SmppRecorder,
  SmppServer,
  SmppSessions,
  SmppWatch,
  SubmitLimits,
  SubmitLane,
  SubmitOperations,
];
