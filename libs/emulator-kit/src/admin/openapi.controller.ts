import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

/** Injection token of the holder that the composition root fills once routes are known. */
export const OPENAPI_DOCUMENT = Symbol('openapi document');

/** Serves the description of this door. */
@ApiTags('openapi')
@Controller('__admin')
export class OpenApiController {
  constructor(@Inject(OPENAPI_DOCUMENT) private readonly holder: { document?: object }) {}

  @Get('openapi.json')
  @ApiOperation({ summary: 'this description' })
  document(): object {
    return this.holder.document ?? {};
  }
}
