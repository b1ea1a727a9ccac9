import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';

/** The tenant everybody with the configured credentials is. */
export const DEFAULT_TENANT = 'default';

/** Where tenants are told of results. */
@Injectable()
@ResetOnAdmin()
export class Tenants implements Resettable {
  private readonly callbackUrls = new Map<string, string | undefined>();

  constructor(@Inject(CONFIG) private readonly config: Pick<CaConfig, 'astralCallbackUrl'>) {
    this.reset();
  }

  has(tenant: string): boolean {
    return this.callbackUrls.has(tenant);
  }

  /** Undefined: the tenant polls. */
  callbackUrl(tenant: string): string | undefined {
    return this.callbackUrls.get(tenant);
  }

  setCallbackUrl(tenant: string, url: string | undefined): void {
    this.callbackUrls.set(tenant, url);
  }

  /** Back to the configured address. */
  reset(): void {
    this.callbackUrls.clear();
    this.callbackUrls.set(DEFAULT_TENANT, this.config.astralCallbackUrl);
  }
}
