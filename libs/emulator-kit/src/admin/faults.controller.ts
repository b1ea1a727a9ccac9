import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { FaultRegistry } from '../faults/fault-registry.js';
import { faultRuleSchema, MAX_RULES } from '../faults/fault-rule.js';
import { FaultRules } from '../faults/fault-rules.js';
import { AdminError, checked } from './admin-error.js';
import { Caller } from './caller.js';
import { bodySchema } from './openapi.js';

const tooMany = `must be at most ${MAX_RULES} rules`;
const listSchema = z.strictObject({ rules: z.array(faultRuleSchema).max(MAX_RULES, tooMany) });
/** Checked first: ten thousand rules are refused for their number, not one by one. */
const countSchema = z.object({ rules: z.array(z.unknown(), 'must be a list of rules').max(MAX_RULES, tooMany) });
const oneSchema = faultRuleSchema.partial({ id: true });

/** Fault rules: what goes wrong, for whom, how often. */
@ApiTags('faults')
@Controller('__admin')
export class FaultsController {
  constructor(
    private readonly rules: FaultRules,
    private readonly registry: FaultRegistry,
  ) {}

  @Get('faults/types')
  @ApiOperation({ summary: 'kinds of fault with the JSON Schema of their options' })
  types() {
    return { types: this.registry.types() };
  }

  @Get('faults')
  @ApiOperation({ summary: 'active rules with hit counts' })
  async list() {
    return { rules: await this.rules.list() };
  }

  @Put('faults')
  @ApiOperation({ summary: 'replaces all rules' })
  @ApiBody(bodySchema(listSchema))
  async replace(@Body() body: unknown, @Caller() by: string) {
    checked(countSchema, body);
    return { rules: await this.rules.replace(checked(listSchema, body).rules, by) };
  }

  @Delete('faults')
  @HttpCode(204)
  @ApiOperation({ summary: 'removes all rules' })
  async clear(@Caller() by: string): Promise<void> {
    await this.rules.clear(by);
  }

  @Get('faults/:id')
  @ApiOperation({ summary: 'one rule' })
  async find(@Param('id') id: string) {
    return (await this.rules.find(id)) ?? missing('rule', id);
  }

  @Put('faults/:id')
  @ApiOperation({ summary: 'adds or replaces one rule; the id in the path wins' })
  @ApiBody(bodySchema(oneSchema))
  async put(@Param('id') id: string, @Body() body: unknown, @Caller() by: string) {
    const rule = checked(faultRuleSchema, typeof body === 'object' && body !== null ? { ...body, id } : body);
    const [stored] = await this.rules.put([rule], by);
    return stored;
  }

  @Delete('faults/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'removes one rule' })
  async remove(@Param('id') id: string, @Caller() by: string): Promise<void> {
    if (!(await this.rules.remove(id, by))) missing('rule', id);
  }

  @Get('presets')
  @ApiOperation({ summary: 'named lists of rules' })
  presets() {
    return { presets: this.rules.presets };
  }

  @Post('presets/:name')
  @HttpCode(200)
  @ApiOperation({ summary: 'applies a preset' })
  async apply(@Param('name') name: string, @Caller() by: string) {
    const applied = await this.rules.applyPreset(name, by);
    if (applied !== undefined) return { rules: applied };
    const known = this.rules.presets.map((preset) => preset.name).join(', ');
    throw new AdminError(404, `no preset "${name}", known are ${known === '' ? 'none' : known}`);
  }
}

function missing(what: string, id: string): never {
  throw new AdminError(404, `no ${what} "${id}"`);
}
