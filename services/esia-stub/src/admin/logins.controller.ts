import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { PersonDirectory } from '../protocol/person-directory.js';
import { LoginRuleStore, type LoginRule } from '../state/login-rule.store.js';
import { personHintSchema } from './client-registration.js';

const stateSchema = z.string().min(1).max(300);

/** Pre-authorised logins: who logs in without a form when a request with this state comes. */
@ApiTags('logins')
@Controller('__admin/logins')
export class LoginsController {
  constructor(
    private readonly rules: LoginRuleStore,
    private readonly people: PersonDirectory,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'pre-authorised logins not served yet' })
  async list() {
    return { logins: (await this.rules.list()).map((rule) => this.view(rule)) };
  }

  @Put(':state')
  @ApiOperation({ summary: 'pre-authorises the login of the request with this state' })
  @ApiBody(bodySchema(personHintSchema))
  async put(@Param('state') state: string, @Body() body: unknown, @Caller() by: string) {
    const personIndex = this.people.indexByHint(checked(personHintSchema, body));
    if (personIndex === undefined) throw new AdminError(404, 'no such person');
    const rule = { state: checked(stateSchema, state), personIndex };
    await this.rules.put(rule);
    this.journal.note('admin.logins.put', 'changed', { state, by });
    return this.view(rule);
  }

  @Delete(':state')
  @HttpCode(204)
  @ApiOperation({ summary: 'takes a pre-authorisation back' })
  async remove(@Param('state') state: string, @Caller() by: string): Promise<void> {
    if (!(await this.rules.remove(state))) throw new AdminError(404, `no login "${state}"`);
    this.journal.note('admin.logins.delete', 'changed', { state, by });
  }

  private view({ state, personIndex }: LoginRule): object {
    return { state, oid: this.people.oidOf(personIndex) };
  }
}
