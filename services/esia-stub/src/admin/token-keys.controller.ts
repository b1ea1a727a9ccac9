import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { certificateHash } from '@poligon/pki';
import { z } from 'zod';
import type { TokenAlgorithm } from '../domain/client.js';
import type { TokenKey } from '../domain/token-key.js';
import { TokenKeys } from '../protocol/token-keys.js';

const algorithmSchema = z.enum(['RS256', 'GOST3410_2012_256']);

const rotationSchema = z.strictObject({
  /** ISO 8601; now when left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** False keeps the old certificate in esia.zip, as a rotation without notice does. */
  isPublished: z.boolean().default(true),
});

/** Keys tokens are signed with: current, next, and those whose tokens are still accepted. */
@ApiTags('tokens')
@Controller('__admin/token-keys')
export class TokenKeysController {
  constructor(
    private readonly keys: TokenKeys,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'keys of both algorithms' })
  list() {
    return { keys: algorithmSchema.options.map((algorithm) => this.view(algorithm)) };
  }

  @Post(':alg/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'replaces a key, now or at a time' })
  @ApiBody(bodySchema(rotationSchema))
  async rotate(@Param('alg') alg: string, @Body() body: unknown, @Caller() by: string) {
    const algorithm = checked(algorithmSchema, alg);
    const { at, isPublished } = checked(rotationSchema, body ?? {});
    await this.keys.rotate(algorithm, { atMs: at === undefined ? undefined : Date.parse(at), isPublished });
    this.journal.note('admin.token-keys.rotate', 'changed', { algorithm, at, isPublished, by });
    return this.view(algorithm);
  }

  private view(algorithm: TokenAlgorithm): object {
    const { current, next, previous, published } = this.keys.inspect(algorithm);
    return {
      algorithm,
      current: thumbprint(current),
      published: thumbprint(published),
      next: next && { thumbprint: thumbprint(next.key), at: new Date(next.atMs).toISOString() },
      previous: previous.map(thumbprint),
    };
  }
}

/** SHA-256 of the certificate, upper-case hex. */
const thumbprint = ({ certificate }: TokenKey): string => certificateHash(certificate, 'sha256').toUpperCase();
