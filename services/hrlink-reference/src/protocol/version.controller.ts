import { Controller } from '@nestjs/common';
import { WireReply } from '@poligon/emulator-kit';
import { HrlinkRoute } from './hrlink-route.decorator.js';

/** The release whose contract is imitated (spec 2.1). */
const VERSION = '0.21.0';

@Controller()
export class VersionController {
  @HrlinkRoute('version', { about: 'release number, plain text', access: 'public', pool: 'none' })
  version(): WireReply {
    return WireReply.text(VERSION);
  }
}
