import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { AdminModule } from '../admin/admin.module.js';
import { OPENAPI_DOCUMENT } from '../admin/openapi.controller.js';
import { openHttpDoor, type HttpDoor } from '../http/http-door.js';
import { HttpExchanges, installExchanges } from '../http/http-exchanges.js';
import { OperationExplorer } from '../http/operation-explorer.js';
import type { Database } from '../state/database.js';
import { openDatabase } from '../state/open-database.js';
import { Clock } from './clock.js';
import type { EmulatorDefinition, Overrides } from './emulator.js';
import { KitModule, processDefaults } from './kit.module.js';
import { FrameworkLogger, Logger } from './logger.js';
import { Readiness } from './readiness.js';
import { readSettings, SettingsError, type CommonConfig, type Settings } from './settings.js';
import { startTelemetry } from './start-telemetry.js';

/** A running emulator. */
export interface RunningEmulator {
  readonly name: string;
  /** Base URL of the protocol door, without a trailing slash. */
  readonly protocolUrl: string;
  /** Base URL of the admin door, without a trailing slash. */
  readonly adminUrl: string;
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  /** Drains and closes both doors. */
  close(): Promise<void>;
}

/** How to start: settings come from `environment`, providers may be replaced. */
export interface StartOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly overrides?: Overrides;
}

const MAX_ADMIN_BODY = 1_000_000;

@Module({})
class EmulatorRoot {}

/**
 * Starts an emulator: protocol side first, then the admin door beside it.
 * @throws SettingsError when a setting breaks its rule
 */
export async function createEmulator<S extends Settings>(
  definition: EmulatorDefinition<S>,
  { environment, overrides = [] }: StartOptions,
): Promise<RunningEmulator> {
  const config = readSettings(definition.settings, environment) as CommonConfig;
  refuseOpenAdmin(config, definition.name);
  await startTelemetry(definition.name, environment, definition.settings['port']?.variable.replace(/_PORT$/, ''));
  const database = await openDatabase(definition.name, config);
  try {
    return await startOn(database, { definition, config, overrides });
  } catch (failure) {
    await database?.close().catch(() => undefined);
    throw failure;
  }
}

/** What a start works with once the settings are read. */
interface Start<S extends Settings> {
  readonly definition: EmulatorDefinition<S>;
  readonly config: CommonConfig;
  readonly overrides: Overrides;
}

async function startOn<S extends Settings>(
  database: Database | undefined,
  { definition, config, overrides }: Start<S>,
): Promise<RunningEmulator> {
  const defaults = processDefaults(definition.name, config);
  const clock = replacement(overrides, Clock) ?? defaults.clock;
  const logger = replacement(overrides, Logger) ?? defaults.logger;
  const door = openHttpDoor(config, clock);
  const kit = KitModule.create({ definition, config, routes: door.routes, clock, logger, database, overrides });
  const service = definition.module(config as never);
  const root: DynamicModule = { module: EmulatorRoot, imports: [kit, service] };
  await definition.http?.(door.adapter.getInstance<FastifyInstance>(), config as never);
  const app = await create(root, door, logger);
  installExchanges(door.adapter.getInstance<FastifyInstance>(), app.get(HttpExchanges, { strict: false }));
  app.get(OperationExplorer, { strict: false }).attach();
  await listen(app, config.host, config.port);
  const adminDoor = openHttpDoor(config, clock);
  limitBodies(adminDoor.adapter.getInstance<FastifyInstance>());
  const admin = await create(AdminModule.create(app, definition, adminDoor.routes), adminDoor, logger);
  describeDoor(admin, definition.name);
  await listen(admin, config.adminHost, config.adminPort);
  app.get(Readiness).open();
  const urls = { protocolUrl: urlOf(app, config.host), adminUrl: urlOf(admin, config.adminHost) };
  logger.info('emulator.ready', { ...urls, seed: config.seed });
  return {
    name: definition.name,
    ...urls,
    app,
    logger,
    close: () => close(app, admin, { doors: [door, adminDoor], config }),
  };
}

function replacement<T>(overrides: Overrides, token: abstract new (...args: never[]) => T): T | undefined {
  const found = overrides.find(({ provide }) => provide === token) as { useValue?: T } | undefined;
  return found?.useValue;
}

/** The admin door changes how the emulator behaves, so off loopback it must not be open to everybody. */
function refuseOpenAdmin({ adminHost, adminToken }: CommonConfig, name: string): void {
  const isLoopback = adminHost === 'localhost' || adminHost === '::1' || adminHost.startsWith('127.');
  if (!isLoopback && adminToken === undefined) {
    throw new SettingsError(
      `ADMIN_TOKEN: required because the admin door of ${name} listens on ${adminHost}, not on loopback`,
    );
  }
}

async function create(root: DynamicModule, door: HttpDoor, logger: Logger): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(root, door.adapter, {
    bodyParser: false,
    logger: new FrameworkLogger(logger),
    abortOnError: false,
  });
}

/** Rules, experiments and profiles are read and checked at one go; a larger one would hold up the traffic. */
function limitBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (/^\/__admin\/(?:faults|experiments|latency|presets|clock|reset)/.test(route.url))
      route.bodyLimit = MAX_ADMIN_BODY;
  });
}

function describeDoor(admin: NestFastifyApplication, name: string): void {
  const about = new DocumentBuilder().setTitle(`${name}: admin door`).setVersion('1').addBearerAuth().build();
  const holder = admin.get<{ document?: object }>(OPENAPI_DOCUMENT);
  holder.document = SwaggerModule.createDocument(admin, about);
}

async function listen(app: NestFastifyApplication, host: string, port: number): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (failure) {
    await app.close().catch(() => undefined);
    const code = (failure as NodeJS.ErrnoException).code;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw failure;
    throw new SettingsError(`cannot listen on ${host}:${port}: ${code}`);
  }
}

function urlOf(app: NestFastifyApplication, host: string): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** What a stop needs to know. */
interface Stop {
  readonly doors: readonly HttpDoor[];
  readonly config: Pick<CommonConfig, 'drainLingerMs' | 'drainTimeoutMs'>;
}

/**
 * Readiness goes first and calls held open are answered; then calls are taken for as long as routers need to learn of it; then open
 * exchanges finish (at most `drainTimeoutMs`) and everything closes.
 */
async function close(
  app: NestFastifyApplication,
  admin: NestFastifyApplication,
  { doors, config }: Stop,
): Promise<void> {
  app.get(Readiness).close();
  for (const door of doors) door.drain();
  if (config.drainLingerMs > 0) await new Promise((resolve) => setTimeout(resolve, config.drainLingerMs));
  const server = app.getHttpServer() as { closeAllConnections(): void };
  const giveUp = setTimeout(() => server.closeAllConnections(), config.drainTimeoutMs);
  giveUp.unref();
  await app.close();
  clearTimeout(giveUp);
  const adminServer = admin.getHttpServer() as { closeAllConnections(): void };
  // Admin connections may be event streams, which never end by themselves.
  adminServer.closeAllConnections();
  await admin.close();
}
