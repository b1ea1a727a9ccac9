import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { decodeJwt } from '../domain/jwt.js';
import { TokenVerifier } from '../protocol/token-verifier.js';
import { Revocations } from '../protocol/revocations.js';
import { RefreshTokenStore } from '../state/refresh-token.store.js';

const tokenSchema = z.strictObject({ token: z.string().min(1).max(32_768) });

/** Tokens: what is in one, whether it would be accepted, and the end of one. */
@ApiTags('tokens')
@Controller('__admin/tokens')
export class TokensController {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly revocations: Revocations,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Post('inspect')
  @HttpCode(200)
  @ApiOperation({ summary: 'header and claims of a token, and whether /rs would accept it' })
  @ApiBody(bodySchema(tokenSchema))
  async inspect(@Body() body: unknown) {
    const { token } = checked(tokenSchema, body);
    const decoded = decodeJwt(token);
    if (decoded === undefined) throw new AdminError(400, 'token: not a JWT');
    const { header, payload } = decoded;
    return { header, payload, verdict: await this.verdict(token) };
  }

  @Post('revoke')
  @HttpCode(204)
  @ApiOperation({ summary: 'ends an access token or a refresh token' })
  @ApiBody(bodySchema(tokenSchema))
  async revoke(@Body() body: unknown, @Caller() by: string): Promise<void> {
    const { token } = checked(tokenSchema, body);
    if (this.verifier.claimsOf(token) !== undefined) await this.revocations.token(token);
    else if ((await this.refreshTokens.redeem(token)) === undefined) throw new AdminError(404, 'no such token');
    this.journal.note('admin.tokens.revoke', 'changed', { by });
  }

  private async verdict(token: string): Promise<string> {
    const claims = this.verifier.claimsOf(token);
    if (claims === undefined) return 'not an access token signed here';
    if (Number(claims['exp']) * 1000 <= this.clock.nowMs()) return 'expired';
    const reason = await this.revocations.ofToken(token, claims);
    return reason === undefined ? 'active' : `revoked: ${reason}`;
  }
}
