import { Module, type DynamicModule, type InjectionToken, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RouteTable } from '../http/route-table.js';
import type { EmulatorDefinition } from '../runtime/emulator.js';
import { SHARED } from '../runtime/kit.module.js';
import { AdminErrorFilter } from './admin-error.js';
import { AdminTokenGuard } from './admin-token.guard.js';
import { ControlController } from './control.controller.js';
import { ExperimentsController } from './experiments.controller.js';
import { FaultsController } from './faults.controller.js';
import { HealthController } from './health.controller.js';
import { JournalController } from './journal.controller.js';
import { OPENAPI_DOCUMENT, OpenApiController } from './openapi.controller.js';

/** The admin door: same verbs for every service, plus the service's own controllers. */
@Module({})
export class AdminModule {
  /** Shares the protocol side's objects with a second application that listens on the admin port. */
  static create(
    app: NestFastifyApplication,
    definition: Pick<EmulatorDefinition, 'admin'>,
    routes: RouteTable,
  ): DynamicModule {
    const own = definition.admin ?? { controllers: [], uses: [] };
    return {
      module: AdminModule,
      controllers: [
        FaultsController,
        ExperimentsController,
        JournalController,
        ControlController,
        HealthController,
        OpenApiController,
        ...own.controllers,
      ],
      providers: [
        ...[...SHARED, ...own.uses].map((token) => shared(app, token)),
        { provide: RouteTable, useValue: routes },
        { provide: OPENAPI_DOCUMENT, useValue: {} },
        { provide: APP_FILTER, useClass: AdminErrorFilter },
        { provide: APP_GUARD, useClass: AdminTokenGuard },
      ],
    };
  }
}

/** A value provider: the admin application must not run the life-cycle hooks of objects it only borrows. */
function shared(app: NestFastifyApplication, token: InjectionToken): Provider {
  return { provide: token, useFactory: () => borrowed(app.get(token, { strict: false })) };
}

const HOOKS = [
  'onModuleInit',
  'onApplicationBootstrap',
  'onModuleDestroy',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
];

function borrowed(instance: unknown): unknown {
  if (typeof instance !== 'object' || instance === null) return instance;
  if (!HOOKS.some((hook) => hook in instance)) return instance;
  return new Proxy(instance, {
    get: (target, key) =>
      HOOKS.includes(key as string) ? undefined : bound(target, Reflect.get(target, key) as unknown),
    has: (target, key) => !HOOKS.includes(key as string) && Reflect.has(target, key),
  });
}

function bound(target: object, member: unknown): unknown {
  return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(target) : member;
}
