export { AdminError, checked } from './admin/admin-error.js';
export { Caller } from './admin/caller.js';
export { bodySchema } from './admin/openapi.js';
export { Bus, type BusListener } from './bus/bus.js';
export { InProcessBus } from './bus/in-process-bus.js';
export {
  ProtocolError,
  protocolOf,
  type ErrorCatalogue,
  type FailedCall,
  type InputProblem,
  type RenderedReply,
} from './exchange/error-catalogue.js';
export {
  Exchange,
  type DropMode,
  type Ending,
  type ExchangeFacts,
  type FailureDetail,
  type ReplyShape,
} from './exchange/exchange.js';
export { ExchangeRunner, type Outcome } from './exchange/exchange-runner.js';
export { writePaced, type ByteSink } from './exchange/paced-write.js';
export {
  replyPlan,
  SHAPE,
  type GarbageShape,
  type ReplyPlan,
  type SlowShape,
  type TruncateShape,
} from './exchange/reply-plan.js';
export { OperationRegistry } from './exchange/operation-registry.js';
export { KIT_FAULTS } from './faults/kit-faults.js';
export { experimentSchema, type Experiment } from './experiments/experiment.js';
export { Experiments, type ExperimentStatus } from './experiments/experiments.js';
export { FaultKind, type Fault } from './faults/fault.js';
export { faultRuleSchema, problemLine, type FaultRule, type StoredRule } from './faults/fault-rule.js';
export { failedCall } from './http/failed-call.js';
export { CurrentExchange } from './http/current-exchange.js';
export { Operation, valueAt, type OperationOptions } from './http/operation.decorator.js';
export { TlsListener } from './http/tls-listener.js';
export { readSettingFile, readTlsFiles } from './runtime/setting-file.js';
export type { TlsListening } from './http/tls-listener.js';
export { WireReply } from './http/wire-reply.js';
export { Journal, type JournalEntry } from './journal/journal.js';
export { distributionSchema, sampler, type Distribution, type Sampler } from './latency/distribution.js';
export { latencyProfileSchema, type LatencyProfileFile } from './latency/latency-profile.js';
export {
  jsonOf,
  OutgoingError,
  OutgoingHttp,
  type OutgoingCall,
  type OutgoingReply,
} from './outgoing/outgoing-http.js';
export { bootstrap, type ReadyMessage } from './runtime/bootstrap.js';
export { Clock, SystemClock, type CancelTimer } from './runtime/clock.js';
export { createEmulator, type RunningEmulator } from './runtime/create-emulator.js';
export { CONFIG, defineEmulator, type EmulatorDefinition, type Overrides } from './runtime/emulator.js';
export { Ids, SeededIds, SystemIds } from './runtime/ids.js';
export { Logger } from './runtime/logger.js';
export { Draw, hashText, Random } from './runtime/random.js';
export { Readiness } from './runtime/readiness.js';
export { ResetOnAdmin, type Resettable } from './runtime/resettable.js';
export {
  commonSettings,
  readSettings,
  setting,
  SettingsError,
  value,
  type CommonConfig,
  type Settings,
  type SettingValues,
} from './runtime/settings.js';
export { startTelemetry, stopTelemetry } from './runtime/start-telemetry.js';
export { CallCounter } from './state/call-counter.js';
export { MemoryCallCounter } from './state/memory-call-counter.js';
export { FaultRuleStore } from './state/fault-rule.store.js';
export {
  Database,
  DatabaseError,
  StateUnavailableError,
  type Row,
  type Session,
  type Statement,
} from './state/database.js';
export {
  DocumentStore,
  type DocumentPage,
  type DocumentQuery,
  type DocumentStoreOptions,
} from './state/document.store.js';
export { DatabaseDocumentStore, type StateLimits } from './state/database-document.store.js';
export { GroupCommit, type GroupCommitOptions } from './state/group-commit.js';
export { readMigrations, type Migration } from './state/migration-folder.js';
export { migrate, MigrationError, resolveMigration, schemaStatus, type SchemaStatus } from './state/migrations.js';
export { connectDatabase, openDatabase, placeOf, type StateConfig, type StatePlace } from './state/open-database.js';
export { stateSettings } from './state/state-settings.js';
export { ResidentDocuments } from './state/resident-documents.js';
export { type KeptTable } from './state/retention.js';
export { State } from './state/state.js';
export { originalText, storedText } from './state/stored-text.js';
export { ExchangeMetrics } from './telemetry/exchange-metrics.js';
export { Tracing, type EndSpan, type SeveredCall } from './telemetry/tracing.js';
export { carried, carriedJob, outsideTraces, traceHere, type InTrace } from './telemetry/unrecorded.js';
