import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, CONFIG, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';
import { operatorRangeSchema } from '../flow/operator-range.js';
import { Operators } from '../flow/operators.js';
import { accountOf, accountSchema } from '../state/account-defaults.js';
import { AccountStore } from '../state/account.store.js';

const fieldsSchema = accountSchema.omit({ dialect: true, login: true });
const rangesSchema = z.strictObject({ operators: z.array(operatorRangeSchema).max(1000) });

/** Clients of every dialect, and the operators behind the gateway. */
@ApiTags('accounts')
@Controller('__admin')
export class AccountsController {
  constructor(
    private readonly accounts: AccountStore,
    private readonly operators: Operators,
    private readonly journal: Journal,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {}

  @Get('accounts')
  @ApiOperation({ summary: 'accounts of all dialects, without their secrets' })
  list() {
    return { accounts: this.accounts.list().map(shownAccount) };
  }

  @Put('accounts/:dialect/:login')
  @ApiOperation({ summary: 'adds or replaces an account; what is left out comes from the settings' })
  @ApiBody(bodySchema(fieldsSchema))
  async put(
    @Param('dialect') dialect: string,
    @Param('login') login: string,
    @Body() body: unknown,
    @Caller() by: string,
  ) {
    const fields = checked(accountSchema, { ...checked(fieldsSchema, body ?? {}), dialect, login });
    const account = accountOf(fields, this.config);
    await this.accounts.put(account);
    this.journal.note('admin.accounts.put', 'changed', { dialect, login, by });
    return shownAccount(account);
  }

  @Delete('accounts/:dialect/:login')
  @HttpCode(204)
  @ApiOperation({ summary: 'removes an account' })
  async remove(@Param('dialect') dialect: string, @Param('login') login: string, @Caller() by: string): Promise<void> {
    if (!(await this.accounts.remove(dialect, login))) throw new AdminError(404, `no account ${login} of ${dialect}`);
    this.journal.note('admin.accounts.delete', 'changed', { dialect, login, by });
  }

  @Get('operators')
  @ApiOperation({ summary: 'operators by number range, in the order they are tried' })
  ranges() {
    return { operators: this.operators.ranges };
  }

  @Put('operators')
  @ApiOperation({ summary: 'replaces the operators; messages under way keep their fate' })
  @ApiBody(bodySchema(rangesSchema))
  setRanges(@Body() body: unknown, @Caller() by: string) {
    const { operators } = checked(rangesSchema, body);
    this.operators.use(operators);
    this.journal.note('admin.operators.put', 'changed', { count: operators.length, by });
    return this.ranges();
  }
}

function shownAccount({ password: _password, apiKey: _key, callbackSecret: _secret, ...account }: Account) {
  return {
    ...account,
    stopList: Object.fromEntries(account.stopList),
    callbackUrls: [...account.callbackUrls],
  };
}
