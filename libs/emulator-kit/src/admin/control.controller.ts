import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OperationRegistry } from '../exchange/operation-registry.js';
import { Experiments } from '../experiments/experiments.js';
import { FaultRules } from '../faults/fault-rules.js';
import { Journal } from '../journal/journal.js';
import { LatencyProfile, latencyProfileSchema } from '../latency/latency-profile.js';
import { Clock } from '../runtime/clock.js';
import { ReplicaControl } from '../runtime/replica-control.js';
import { checked } from './admin-error.js';
import { Caller } from './caller.js';
import { bodySchema } from './openapi.js';

const clockSchema = z.strictObject({ shiftMs: z.number().int().min(-3.2e12).max(3.2e12) });

/** Operations, baseline latency, clock and reset. */
@ApiTags('control')
@Controller('__admin')
export class ControlController {
  constructor(
    private readonly operations: OperationRegistry,
    private readonly profile: LatencyProfile,
    private readonly clock: Clock,
    private readonly rules: FaultRules,
    private readonly journal: Journal,
    private readonly experiments: Experiments,
    private readonly control: ReplicaControl,
  ) {}

  @Get('operations')
  @ApiOperation({ summary: 'operations this emulator answers' })
  list() {
    return { operations: this.operations.list() };
  }

  @Get('latency')
  @ApiOperation({ summary: 'baseline latency profile' })
  latency() {
    return this.profile.current;
  }

  @Put('latency')
  @ApiOperation({ summary: 'replaces the baseline latency profile' })
  @ApiBody(bodySchema(latencyProfileSchema))
  async setLatency(@Body() body: unknown, @Caller() by: string) {
    const file = checked(latencyProfileSchema, body);
    await this.control.setLatency(file);
    this.journal.note('admin.latency.put', 'changed', { profile: file.name, by });
    return file;
  }

  @Get('clock')
  @ApiOperation({ summary: 'wall time and its shift' })
  time() {
    return { now: this.clock.isoNow(), shiftMs: this.clock.shiftMs };
  }

  @Put('clock')
  @ApiOperation({ summary: 'shifts wall time' })
  @ApiBody(bodySchema(clockSchema))
  async setTime(@Body() body: unknown, @Caller() by: string) {
    const { shiftMs } = checked(clockSchema, body);
    await this.control.shiftClock(shiftMs);
    this.journal.note('admin.clock.put', 'changed', { shiftMs, by });
    return this.time();
  }

  @Post('reset')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'forgets rules, experiments, journal, clock shift, a replaced latency profile and everything learnt from calls',
  })
  async reset(@Caller() by: string): Promise<void> {
    await this.experiments.clear();
    await this.rules.clear(by);
    await this.control.reset();
    this.journal.note('admin.reset', 'changed', { by });
  }
}
