import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { EsiaConfig } from '../config.js';

/** Base of absolute addresses the emulator writes: configured, else what the caller reached it by. */
@Injectable()
export class PublicBase {
  constructor(@Inject(CONFIG) private readonly config: EsiaConfig) {}

  /** Without a trailing slash. */
  of(request: FastifyRequest): string {
    const { publicUrl, host, port } = this.config;
    return publicUrl ?? `${request.protocol}://${request.host || `${host}:${port}`}`;
  }

  isSecure(request: FastifyRequest): boolean {
    return this.of(request).startsWith('https:');
  }
}
