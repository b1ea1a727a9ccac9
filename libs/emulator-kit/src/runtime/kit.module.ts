import { Module, type DynamicModule, type InjectionToken, type Provider } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { Bus } from '../bus/bus.js';
import { createBus } from '../bus/create-bus.js';
import { Catalogues } from '../exchange/error-catalogue.js';
import { ExchangeRunner } from '../exchange/exchange-runner.js';
import { OperationRegistry } from '../exchange/operation-registry.js';
import { Experiments, EXPERIMENTS_AT_START } from '../experiments/experiments.js';
import { readExperiments } from '../experiments/read-experiments.js';
import { FaultGate } from '../faults/fault-gate.js';
import { FaultRegistry } from '../faults/fault-registry.js';
import { FaultRules, PRESETS } from '../faults/fault-rules.js';
import { KIT_FAULTS } from '../faults/kit-faults.js';
import { RuleWatch } from '../faults/rule-watch.js';
import { readLatencyProfile, readPresets, readRules } from '../faults/preset.js';
import { HttpExchanges } from '../http/http-exchanges.js';
import { HttpWriter } from '../http/http-writer.js';
import { OperationExplorer } from '../http/operation-explorer.js';
import { ProtocolErrorFilter } from '../http/protocol-error.filter.js';
import { RouteTable } from '../http/route-table.js';
import { Journal, JOURNAL_LIMITS } from '../journal/journal.js';
import { BASELINE_SCOPE, LatencyProfile } from '../latency/latency-profile.js';
import { OutgoingHttp } from '../outgoing/outgoing-http.js';
import { CallCounter } from '../state/call-counter.js';
import { DatabaseCallCounter } from '../state/database-call-counter.js';
import { DatabaseFaultRuleStore } from '../state/database-fault-rule.store.js';
import type { Database } from '../state/database.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { MemoryCallCounter } from '../state/memory-call-counter.js';
import { MemoryFaultRuleStore } from '../state/memory-fault-rule.store.js';
import { State } from '../state/state.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { Tracing } from '../telemetry/tracing.js';
import { Clock, SystemClock } from './clock.js';
import { CONFIG, type EmulatorDefinition, type Overrides } from './emulator.js';
import { Ids, SystemIds } from './ids.js';
import { JsonLogger, Logger } from './logger.js';
import { Random } from './random.js';
import { Readiness } from './readiness.js';
import { ReplicaControl } from './replica-control.js';
import type { CommonConfig } from './settings.js';

/** What one start of an emulator brings into the container. */
export interface KitOptions {
  readonly definition: Pick<EmulatorDefinition, 'name' | 'catalogues' | 'faultsFolder'>;
  readonly config: CommonConfig;
  readonly routes: RouteTable;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What keeps the state; memory when undefined. */
  readonly database: Database | undefined;
  readonly overrides: Overrides;
}

/** Kit services that a service's protocol side may inject and that the admin door shares. */
export const SHARED: readonly InjectionToken[] = [
  Bus,
  CallCounter,
  Catalogues,
  Clock,
  CONFIG,
  ExchangeMetrics,
  ExchangeRunner,
  Experiments,
  FaultGate,
  FaultRegistry,
  FaultRules,
  Ids,
  Journal,
  LatencyProfile,
  Logger,
  OperationRegistry,
  OutgoingHttp,
  Random,
  Readiness,
  ReplicaControl,
  State,
  Tracing,
];

/** The kit's providers, global to the protocol side. */
@Module({})
export class KitModule {
  static create(options: KitOptions): DynamicModule {
    return {
      module: KitModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [...overridden(providers(options), options.overrides), ...http()],
      exports: [...SHARED],
    };
  }
}

/** A provider that an override may replace. */
type Kept = Provider & { provide: InjectionToken };

function providers({ definition, config, routes, clock, logger, database }: KitOptions): Kept[] {
  const classes = [
    Tracing,
    ExchangeMetrics,
    ExchangeRunner,
    FaultGate,
    FaultRegistry,
    FaultRules,
    Experiments,
    HttpExchanges,
    HttpWriter,
    Journal,
    ...KIT_FAULTS,
    OperationRegistry,
    OperationExplorer,
    OutgoingHttp,
    Readiness,
    ReplicaControl,
    RuleWatch,
  ].map((type) => ({ provide: type, useClass: type as never }));
  return [
    { provide: CONFIG, useValue: config },
    { provide: RouteTable, useValue: routes },
    { provide: Clock, useValue: clock },
    { provide: Logger, useValue: logger },
    { provide: Random, useValue: new Random(config.seed) },
    { provide: Ids, useClass: SystemIds },
    {
      provide: Bus,
      useFactory: (metrics: ExchangeMetrics) => createBus(definition.name, config, { clock, logger, metrics }),
      inject: [ExchangeMetrics],
    },
    ...kept(definition.name, database, clock),
    {
      provide: State,
      useFactory: (bus: Bus) => new State({ database, service: definition.name, config, bus, clock, logger }),
      inject: [Bus],
    },
    { provide: Catalogues, useValue: new Catalogues(definition.catalogues) },
    { provide: JOURNAL_LIMITS, useValue: { entries: config.journalEntries, bodyBytes: config.journalBodyBytes } },
    {
      provide: LatencyProfile,
      useFactory: (random: Random, counter: CallCounter) =>
        new LatencyProfile(random, counter, readLatencyProfile(config.latencyProfile, definition.faultsFolder)),
      inject: [Random, CallCounter],
    },
    ...atStart(definition, config),
    ...classes,
  ];
}

/** The kit's own stores. Only replicas that share a server have to count as one. */
function kept(service: string, database: Database | undefined, clock: Clock): Kept[] {
  const memory = { provide: CallCounter, useClass: MemoryCallCounter };
  if (database === undefined) return [{ provide: FaultRuleStore, useClass: MemoryFaultRuleStore }, memory];
  const local = new Set([BASELINE_SCOPE]);
  const shared = { provide: CallCounter, useValue: new DatabaseCallCounter(database, service, clock, local) };
  return [
    { provide: FaultRuleStore, useValue: new DatabaseFaultRuleStore(database, service) },
    database.isShared ? shared : memory,
  ];
}

/** What the configuration and the service's own files set before the first call. */
function atStart({ faultsFolder }: KitOptions['definition'], config: CommonConfig): Kept[] {
  const presets = {
    all: readPresets(faultsFolder),
    atStart: namesIn(config.presets),
    rulesAtStart: readRules(config.rules),
  };
  return [
    { provide: PRESETS, useValue: presets },
    { provide: EXPERIMENTS_AT_START, useValue: readExperiments(namesIn(config.experiments), faultsFolder) },
  ];
}

function namesIn(list = ''): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function http(): Provider[] {
  return [{ provide: APP_FILTER, useClass: ProtocolErrorFilter }];
}

/** Replaces providers by token; overrides that the kit does not have are for the service's own module. */
export function overridden<P extends Provider & { provide: InjectionToken }>(
  own: P[],
  overrides: Overrides,
): Provider[] {
  const replaced = new Map(overrides.map((override) => [override.provide, override]));
  return own.map((provider) => replaced.get(provider.provide) ?? provider);
}

/** The default clock and log of a process. */
export function processDefaults(name: string, config: CommonConfig): { clock: Clock; logger: Logger } {
  return { clock: new SystemClock(), logger: new JsonLogger(name, config.logLevel) };
}
