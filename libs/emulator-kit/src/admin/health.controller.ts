import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readiness } from '../runtime/readiness.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { isOpenMetricsWanted, openMetricsOf } from '../telemetry/open-metrics.js';

/** Probes and metrics; open without a token. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: ExchangeMetrics,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'the process is alive' })
  alive() {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({ summary: '200 when traffic is welcome, else 503 with the reasons' })
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const problems = this.readiness.problems();
    if (problems.length === 0) return { status: 'ready' };
    reply.code(503);
    return { status: 'not ready', problems };
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Prometheus text format, or OpenMetrics with exemplars for those who ask for it' })
  async scrape(
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { registry } = this.metrics;
    const chosen = isOpenMetricsWanted(accept) ? openMetricsOf(registry) : registry;
    reply.header('content-type', chosen.contentType);
    return chosen.metrics();
  }
}
