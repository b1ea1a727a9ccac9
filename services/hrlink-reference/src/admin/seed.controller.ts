import { Body, Controller, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { POPULATION_SIZE } from '@poligon/people';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { OutgoingFailure } from '../adapters/outgoing-failure.js';
import { isStrongPassword } from '../domain/password.js';
import { Refusal } from '../domain/refusal.js';
import { MasterTokens } from '../flow/master-tokens.js';
import { Seed } from './seed.js';

const MAX_SEED = 100_000;

const seedSchema = z.strictObject({
  from: z
    .int()
    .min(0)
    .max(POPULATION_SIZE - 1)
    .default(0),
  count: z.int().min(1).max(MAX_SEED),
  state: z.enum(['added', 'accepted', 'certified']).default('accepted'),
  role: z.enum(['none', 'head', 'hr']).default('none'),
  password: z
    .string()
    .refine(isStrongPassword, 'must have 8 characters with upper, lower, digit and special')
    .default('Poligon-1'),
});

const integratorSchema = z.strictObject({
  id: z.string().min(1).max(100),
  issuer: z.string().min(1).max(200),
  certificatePem: z.string().max(20_000).refine(isRsaCertificate, 'must be a PEM certificate with an RSA key'),
});

/** People and integrators put in from outside. */
@ApiTags('hrlink')
@Controller('__admin')
export class SeedController {
  constructor(
    private readonly seed: Seed,
    private readonly masterTokens: MasterTokens,
    private readonly journal: Journal,
  ) {}

  @Post('seed')
  @ApiOperation({ summary: 'puts people of the population into the tenant' })
  @ApiBody(bodySchema(seedSchema))
  async people(@Body() body: unknown, @Caller() by: string) {
    const order = checked(seedSchema, body ?? {});
    this.journal.note('admin.seed', 'changed', { from: order.from, count: order.count, state: order.state, by });
    try {
      return await this.seed.run(order);
    } catch (error) {
      if (error instanceof OutgoingFailure) throw new AdminError(502, error.message);
      if (error instanceof Refusal) throw new AdminError(409, `${error.refusal}: ${JSON.stringify(error.data)}`);
      throw error;
    }
  }

  @Put('integrators')
  @ApiOperation({ summary: 'registers an integrator that may obtain master tokens' })
  @ApiBody(bodySchema(integratorSchema))
  integrator(@Body() body: unknown, @Caller() by: string) {
    const integrator = checked(integratorSchema, body);
    this.masterTokens.register(integrator);
    this.journal.note('admin.integrator', 'changed', { id: integrator.id, by });
    return { id: integrator.id, issuer: integrator.issuer };
  }
}

function isRsaCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).publicKey.asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
