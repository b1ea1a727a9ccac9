import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, Operation, WireReply } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import { startPage } from './html-pages.js';

/** The root of the infobase's publication on the web server. */
@Controller()
export class PublicationController {
  constructor(@Inject(CONFIG) private readonly config: OneCConfig) {}

  @Get()
  @Operation('http.publication', { about: 'start page of the published infobase' })
  root(): WireReply {
    return WireReply.text(startPage(this.config.publication), 200, 'text/html; charset=utf-8');
  }
}
