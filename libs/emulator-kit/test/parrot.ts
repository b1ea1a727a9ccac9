import {
  Body,
  Controller,
  Get,
  Module,
  Param,
  Post,
  Put,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import {
  commonSettings,
  CurrentExchange,
  defineEmulator,
  Exchange,
  Operation,
  ProtocolError,
  WireReply,
  type ErrorCatalogue,
} from '@poligon/emulator-kit';
import type { Observable } from 'rxjs';

/** A made-up protocol: a parrot that repeats what it is told. */
export const parrotErrors: ErrorCatalogue = {
  protocol: 'parrot',
  names: ['tired', 'mute', 'unknown-word', 'no-such-perch', 'wrong-call', 'overfed', 'feather-jam'],
  problems: {
    malformed: 'unknown-word',
    invalid: 'unknown-word',
    'too-large': 'overfed',
    'media-type': 'unknown-word',
    'unknown-path': 'no-such-perch',
    'wrong-method': 'wrong-call',
    unavailable: 'tired',
    internal: 'feather-jam',
  },
  owns: () => true,
  render: (name, detail) => WireReply.text(`SQUAWK ${name} ${JSON.stringify(detail)}`, name === 'tired' ? 503 : 422),
};

@Controller('perch')
export class ParrotController {
  said: unknown[] = [];

  @Post('say')
  @Operation('parrot.say', {
    about: 'repeats',
    subject: (request) => (request.body as { who?: string } | undefined)?.who,
    client: (request) => request.headers['x-owner'] as string | undefined,
  })
  say(@Body() body: { text?: string }) {
    if (body.text === 'hush') throw new ProtocolError('mute', { word: 'hush' });
    if (body.text === 'crash') throw new Error('unexpected');
    if (body.text === 'crash later') return Promise.reject(new Error('unexpected'));
    this.said.push(body);
    return { said: body.text };
  }

  @Put('letters/:number')
  @Operation('parrot.letter', {
    about: 'takes a letter',
    callKey: (request) => (request.params as { number: string }).number,
  })
  letter(@Param('number') number: string) {
    return { number };
  }

  @Post('secret')
  @Operation('parrot.secret', { about: 'keeps a secret', journalBody: () => '(not kept)' })
  secret() {
    return {};
  }

  @Get('last')
  @Operation('parrot.last', { about: 'repeats the last word' })
  last() {
    return WireReply.text('LAST', 206);
  }
}

/** Answers for its controller when the call asks for it, as an access check of a service does. */
class GuardingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<{ query: { pass?: string } }>();
    if (query.pass === 'wrong') throw new ProtocolError('mute');
    return next.handle();
  }
}

/** An operation that must run inside the exchange together with its controller's interceptor. */
@Controller('guarded')
@UseInterceptors(GuardingInterceptor)
export class GuardedController {
  @Get()
  @Operation('parrot.guarded', { about: 'speaks to friends' })
  speak(@CurrentExchange() exchange: Exchange) {
    return { heard: exchange.operation };
  }
}

@Module({ controllers: [ParrotController, GuardedController] })
class ParrotModule {}

export const parrot = defineEmulator({
  name: 'parrot',
  settings: commonSettings('PARROT', { protocol: 0, admin: 0 }),
  module: () => ParrotModule,
  catalogues: [parrotErrors],
  faultsFolder: new URL('parrot-faults/', import.meta.url),
});
