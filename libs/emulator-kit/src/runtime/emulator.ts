import type { DynamicModule, InjectionToken, Provider, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { ErrorCatalogue } from '../exchange/error-catalogue.js';
import type { CommonConfig, Settings, SettingValues } from './settings.js';

/** Injection token of the service's parsed configuration. */
export const CONFIG = Symbol('config');

/** A service's own part of the admin door. */
export interface AdminExtension {
  readonly controllers: readonly Type[];
  /** Providers of the protocol side that these controllers inject. */
  readonly uses: readonly InjectionToken[];
}

/** Everything the kit needs to know of one emulator: its composition root. */
export interface EmulatorDefinition<S extends Settings = Settings> {
  /** Folder name of the service. */
  readonly name: string;
  readonly settings: S;
  /** The Nest module of the protocol side. */
  readonly module: (config: SettingValues<S>) => Type | DynamicModule;
  readonly catalogues: readonly ErrorCatalogue[];
  readonly admin?: AdminExtension;
  /** Registers plug-ins and body parsers the protocol needs on its listener. */
  readonly http?: (fastify: FastifyInstance, config: SettingValues<S>) => void | Promise<void>;
  /** Folder of `presets/*.yaml` and `baseline.yaml`, as a file URL ending in a slash. */
  readonly faultsFolder?: URL;
}

/** Declares an emulator; settings must contain the common ones. */
export function defineEmulator<S extends Settings>(
  definition: SettingValues<S> extends CommonConfig ? EmulatorDefinition<S> : never,
): EmulatorDefinition<S> {
  return definition;
}

/** Providers that replace the kit's or the service's own, for tests. */
export type Overrides = readonly (Provider & { provide: InjectionToken })[];
