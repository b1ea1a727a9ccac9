import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG } from '@poligon/emulator-kit';
import { routePattern } from '@poligon/hrlink-api';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Config, profile } from '../config.js';

/** How other systems reach this one. */
@Injectable()
export class PublicAddress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Where ESIA sends the browser back to. */
  get esiaCallback(): string {
    return this.base + routePattern(profile, 'esia.callback');
  }

  /** Where the certification authority delivers its events. */
  get caCallback(): string {
    return this.base + routePattern(profile, 'ca.callback');
  }

  /** The configured URL, else the address this process listens on. */
  private get base(): string {
    if (this.config.publicUrl !== undefined) return this.config.publicUrl;
    const { port } = (this.host.httpAdapter.getHttpServer() as Server).address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }
}
