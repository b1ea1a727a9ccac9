import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, OutgoingHttp } from '@poligon/emulator-kit';
import type { HrlinkProfile } from '@poligon/hrlink-api';
import type { OneCConfig } from '../../config.js';
import { Population } from '@poligon/people';
import { OneCTime } from '../../schedule/one-c-time.js';
import { readIntegrator, type Integrator } from './integrator.js';
import { PortalConnection, type RunSession } from './portal-connection.js';
import { readTenants, type Tenant } from './tenants.js';

/** Injection token of HRLink's path profile. */
export const HRLINK_PROFILE = Symbol('hrlink profile');

/** Opens one connection to HRLink per run of a job. */
@Injectable()
export class Portal {
  readonly tenants: readonly Tenant[];
  readonly integrator: Integrator | undefined;

  constructor(
    @Inject(CONFIG) readonly config: OneCConfig,
    @Inject(HRLINK_PROFILE) readonly profile: HrlinkProfile,
    readonly http: OutgoingHttp,
    readonly time: OneCTime,
    readonly people: Population,
  ) {
    this.tenants = readTenants(config);
    this.integrator = readIntegrator(config);
  }

  /** Finds out the client id, as every run of 1C does first. @throws PortalFailure with the text of 1C */
  async connect(session: RunSession, tenant: Tenant): Promise<PortalConnection> {
    const connection = new PortalConnection(this, session, tenant);
    await connection.authorise();
    return connection;
  }
}
