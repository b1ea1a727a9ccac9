import multipart from '@fastify/multipart';
import { type DynamicModule, Module } from '@nestjs/common';
import { defineEmulator } from '@poligon/emulator-kit';
import { CapacityController } from './admin/capacity.controller.js';
import { EsiaClientController } from './admin/esia-client.controller.js';
import { ObjectsController } from './admin/objects.controller.js';
import { Objects } from './admin/objects.js';
import { SeedController } from './admin/seed.controller.js';
import { TrueParentsController } from './admin/true-parents.controller.js';
import { TrueParents } from './admin/true-parents.js';
import { Seed } from './admin/seed.js';
import { WorkController } from './admin/work.controller.js';
import { EsiaKey } from './adapters/esia-key.js';
import { PublicAddress } from './adapters/public-address.js';
import { type Config, settings } from './config.js';
import { Capacity } from './flow/capacity.js';
import { Chronicle } from './flow/chronicle.js';
import { RealWork } from './flow/real-work.js';
import { MasterTokens } from './flow/master-tokens.js';
import { Notices } from './flow/notices.js';
import { CONTROLLERS, PARTS } from './parts.js';
import { hrlinkErrors } from './protocol/hrlink.errors.js';
import { registerJsonBody } from './protocol/json-body.js';
import { STORE_LIMITS, type StoreLimits } from './state/store-limits.js';
import { TimelineStore } from './state/timeline.store.js';
import { STORES } from './stores.js';

@Module({})
export class AppModule {
  static create(config: Config): DynamicModule {
    const limits: StoreLimits = {
      people: config.maxPeople,
      objects: config.maxObjects,
      sessions: config.maxOpenSessions,
      timelines: config.maxObjects * 4,
    };
    return {
      module: AppModule,
      controllers: [...CONTROLLERS],
      providers: [{ provide: STORE_LIMITS, useValue: limits }, ...STORES, ...PARTS],
    };
  }
}

/** HRLink's stand-in: composition root. */
export const hrlinkReference = defineEmulator({
  name: 'hrlink-reference',
  settings,
  module: (config) => AppModule.create(config),
  catalogues: [hrlinkErrors],
  admin: {
    controllers: [
      ObjectsController,
      CapacityController,
      EsiaClientController,
      SeedController,
      TrueParentsController,
      WorkController,
    ],
    uses: [
      Objects,
      TimelineStore,
      Chronicle,
      Notices,
      Capacity,
      EsiaKey,
      PublicAddress,
      Seed,
      MasterTokens,
      TrueParents,
      RealWork,
    ],
  },
  http: async (fastify, config) => {
    registerJsonBody(fastify);
    const limits = { fileSize: config.maxUploadBytes, files: config.maxUploadFiles, fields: 100, fieldSize: 10_000 };
    await fastify.register(multipart, { throwFileSizeLimit: false, limits });
  },
  faultsFolder: new URL('./faults/', import.meta.url),
});
