import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TrueParents } from './true-parents.js';

/** The side channel that stitching is checked against. */
@ApiTags('tracing')
@Controller('__admin/true-parents')
export class TrueParentsController {
  constructor(private readonly parents: TrueParents) {}

  @Get()
  @ApiOperation({ summary: 'outgoing calls made with propagation off, and the traces they truly belonged to' })
  read() {
    return { calls: this.parents.all() };
  }
}
