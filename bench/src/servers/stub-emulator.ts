import { Controller, Get, Module } from '@nestjs/common';
import {
  commonSettings,
  CurrentExchange,
  defineEmulator,
  Exchange,
  Operation,
  WireReply,
  type ErrorCatalogue,
} from '@poligon/emulator-kit';
import { BODY } from './body.js';

const stubErrors: ErrorCatalogue = {
  protocol: 'stub',
  names: ['refused'],
  problems: {
    malformed: 'refused',
    invalid: 'refused',
    'too-large': 'refused',
    'media-type': 'refused',
    'unknown-path': 'refused',
    'wrong-method': 'refused',
    unavailable: 'refused',
    internal: 'refused',
  },
  owns: () => true,
  render: (name) => WireReply.text(name, 500),
};

/** One operation of a full emulator: the same body, and one that tells its own delay. */
@Controller()
class StubController {
  @Get('stub')
  @Operation('stub.get', {
    about: 'answers 1,024 bytes',
    subject: () => 'person:7',
    client: () => 'bench',
    facts: (request) => request.query,
  })
  stub(): WireReply {
    return new WireReply(200, { 'content-type': 'application/json; charset=utf-8' }, BODY);
  }

  @Get('delay')
  @Operation('stub.delay', { about: 'answers its own delay' })
  delay(@CurrentExchange() exchange: Exchange) {
    return { intendedMs: exchange.intendedMs };
  }
}

@Module({ controllers: [StubController] })
class StubModule {}

export const stubEmulator = defineEmulator({
  name: 'stub',
  settings: commonSettings('STUB', { protocol: 0, admin: 0 }),
  module: () => StubModule,
  catalogues: [stubErrors],
});
