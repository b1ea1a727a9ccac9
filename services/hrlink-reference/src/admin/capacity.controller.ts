import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { DEFAULT_POOLS, POOL_NAMES, type PoolName } from '../domain/pool-settings.js';
import { Capacity } from '../flow/capacity.js';
import { mergePools, poolTableSchema } from '../pool-overrides.js';

/** Capacity at run time (spec 6.1, 7). */
@ApiTags('hrlink')
@Controller('__admin/capacity')
export class CapacityController {
  constructor(
    private readonly capacity: Capacity,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'settings, true knee, jobs in service and waiting, per pool' })
  state() {
    return { pools: this.capacity.state() };
  }

  @Put()
  @ApiOperation({ summary: 'changes the named settings of the named pools' })
  @ApiBody(bodySchema(poolTableSchema))
  change(@Body() body: unknown, @Caller() by: string) {
    const changes = checked(poolTableSchema, body);
    this.capacity.configure(mergePools(this.capacity.settings, changes));
    this.journal.note('admin.capacity.put', 'changed', { changes, by });
    return this.state();
  }

  @Post('defaults')
  @ApiOperation({ summary: 'back to the default table' })
  defaults(@Caller() by: string) {
    this.capacity.configure(DEFAULT_POOLS);
    this.journal.note('admin.capacity.defaults', 'changed', { by });
    return this.state();
  }

  @Post(':pool/pause')
  @ApiOperation({ summary: 'the pool starts no more jobs until resumed' })
  pause(@Param('pool') pool: string, @Caller() by: string) {
    this.capacity.pause(poolName(pool));
    this.journal.note('admin.capacity.pause', 'changed', { pool, by });
    return this.state();
  }

  @Post(':pool/resume')
  @ApiOperation({ summary: 'the pool works again' })
  resume(@Param('pool') pool: string, @Caller() by: string) {
    this.capacity.resume(poolName(pool));
    this.journal.note('admin.capacity.resume', 'changed', { pool, by });
    return this.state();
  }
}

function poolName(name: string): PoolName {
  const known = POOL_NAMES.find((pool) => pool === name);
  if (known === undefined)
    throw new AdminError(404, `unknown pool "${name.slice(0, 50)}", known are ${POOL_NAMES.join(', ')}`);
  return known;
}
