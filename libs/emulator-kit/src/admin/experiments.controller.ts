import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { experimentSchema } from '../experiments/experiment.js';
import { Experiments } from '../experiments/experiments.js';
import { AdminError, checked } from './admin-error.js';
import { Caller } from './caller.js';
import { bodySchema } from './openapi.js';

const oneSchema = experimentSchema.partial({ id: true });

/** Experiments: faults in stages, with objectives that end them. */
@ApiTags('experiments')
@Controller('__admin/experiments')
export class ExperimentsController {
  constructor(private readonly experiments: Experiments) {}

  @Get()
  @ApiOperation({ summary: 'experiments with state, verdict and timeline' })
  list() {
    return { experiments: this.experiments.list() };
  }

  @Get(':id')
  @ApiOperation({ summary: 'one experiment' })
  find(@Param('id') id: string) {
    return this.experiments.find(id) ?? missing(id);
  }

  @Put(':id')
  @ApiOperation({ summary: 'sets and starts an experiment; one of the same id is stopped first' })
  @ApiBody(bodySchema(oneSchema))
  async put(@Param('id') id: string, @Body() body: unknown, @Caller() by: string) {
    const experiment = checked(experimentSchema, typeof body === 'object' && body !== null ? { ...body, id } : body);
    return this.experiments.start(experiment, by);
  }

  @Post(':id/stop')
  @ApiOperation({ summary: 'ends the run, removes its rules, keeps the record' })
  async stop(@Param('id') id: string) {
    if (!(await this.experiments.stop(id))) missing(id);
    return this.experiments.find(id);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'ends the run and forgets the experiment; answers the last record' })
  async remove(@Param('id') id: string) {
    return (await this.experiments.remove(id)) ?? missing(id);
  }
}

function missing(id: string): never {
  throw new AdminError(404, `no experiment "${id}"`);
}
