import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, Caller, Journal } from '@poligon/emulator-kit';
import { PersonDirectory } from '../protocol/person-directory.js';
import { Revocations } from '../protocol/revocations.js';
import { SessionStore, type Session } from '../state/session.store.js';

const MAX_LISTED = 1000;

/** SSO sessions: who is logged in. */
@ApiTags('sessions')
@Controller('__admin/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionStore,
    private readonly revocations: Revocations,
    private readonly people: PersonDirectory,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'live sessions, newest first, at most a thousand' })
  async list() {
    return { sessions: (await this.sessions.list(MAX_LISTED)).map((session) => this.view(session)) };
  }

  @Delete(':sid')
  @HttpCode(204)
  @ApiOperation({ summary: 'ends a session and the tokens of it' })
  async end(@Param('sid') sid: string, @Caller() by: string): Promise<void> {
    const session = await this.sessions.findBySid(sid);
    if (session === undefined) throw new AdminError(404, `no session "${sid}"`);
    await this.sessions.end(session.id);
    await this.revocations.session(sid);
    this.journal.note('admin.sessions.delete', 'changed', { sid, by });
  }

  private view({ sid, personIndex, authTimeMs }: Session): object {
    return { sid, oid: this.people.oidOf(personIndex), authTime: new Date(authTimeMs).toISOString() };
  }
}
