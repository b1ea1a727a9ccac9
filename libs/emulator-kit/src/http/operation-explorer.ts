import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Catalogues, protocolOf } from '../exchange/error-catalogue.js';
import { OperationRegistry } from '../exchange/operation-registry.js';
import { attachOperation } from './attach-operations.js';
import type { OperationRoute } from './nearest-route.js';
import { routesOf } from './operation-routes.js';
import { OPERATION, type OperationMetadata } from './operation.decorator.js';

interface ControllerClass {
  readonly prototype: Record<string, object>;
}

/** Fills the operation list from the controllers; an operation of no catalogue's protocol is a mistake found at start. */
@Injectable()
export class OperationExplorer implements OnModuleInit {
  /** How the operations are reached, to name the nearest one to a call that reached none. */
  readonly routes: OperationRoute[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly registry: OperationRegistry,
    private readonly catalogues: Catalogues,
  ) {}

  /** Puts the exchange around every operation; to be called before the routes are registered. */
  attach(): void {
    this.eachOperation((controller, method, metadata) => attachOperation(controller, method, metadata));
  }

  onModuleInit(): void {
    this.eachOperation((controller, method, metadata) => {
      this.add(metadata);
      this.routes.push(...routesOf(controller, controller.prototype[method]!, metadata.operation));
    });
  }

  private eachOperation(
    visit: (controller: ControllerClass, method: string, metadata: OperationMetadata) => void,
  ): void {
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (prototype === undefined) continue;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const handler = (prototype as Record<string, object>)[method]!;
        const metadata = Reflect.getMetadata(OPERATION, handler) as OperationMetadata | undefined;
        if (metadata !== undefined) visit(metatype as unknown as ControllerClass, method, metadata);
      }
    }
  }

  private add({ operation, also, about }: OperationMetadata): void {
    for (const name of [operation, ...(also ?? [])]) {
      if (this.catalogues.named(protocolOf(name)) === undefined) {
        throw new Error(`operation ${name}: no error catalogue of protocol "${protocolOf(name)}"`);
      }
      this.registry.add({ operation: name, about });
    }
  }
}
