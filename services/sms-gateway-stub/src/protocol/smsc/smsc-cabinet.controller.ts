import { All, Controller, Req } from '@nestjs/common';
import { Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { SmscAccount } from './smsc-account.js';
import { smscDescribed, smscFields } from './smsc-fields.js';
import { xmlReply } from './smsc-xml.codec.js';

/** The rest of `/sys` (section 2.1): their replies are not published, so a valid account gets an empty list. */
const METHODS = [
  'get.php',
  'get_mnp.php',
  'info.php',
  'jobs.php',
  'phones.php',
  'senders.php',
  'templates.php',
  'users.php',
  'receive_phones.php',
  'wait_call.php',
];

/** Address book, templates, senders, sub-accounts and the like. */
@Controller()
export class SmscCabinetController {
  constructor(private readonly accounts: SmscAccount) {}

  @All(METHODS.map((method) => `sys/${method}`))
  @Operation('smsc.cabinet', { about: 'answers the methods beside sending with an empty list', ...smscDescribed })
  empty(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    const form = smscFields(request).get('fmt');
    if (form === '3') return WireReply.json([]);
    return form === '2' ? xmlReply('<result></result>') : WireReply.text('');
  }
}
