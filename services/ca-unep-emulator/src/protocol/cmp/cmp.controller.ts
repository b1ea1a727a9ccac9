import { Body, Controller, Post } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError } from '@poligon/emulator-kit';
import { PkiError } from '@poligon/pki';
import { CmpDesk } from './cmp-desk.js';
import { CMP_OPERATIONS, cmpOperation } from './cmp-facts.js';
import { cmpReply } from './cmp.errors.js';

/** CMP over HTTP (RFC 6712); a name after the path, which clients call an alias, makes no difference. */
@Controller()
export class CmpController {
  constructor(private readonly desk: CmpDesk) {}

  @Post(['cmp', 'cmp/:alias', '.well-known/cmp', '.well-known/cmp/:alias'])
  @Operation('cmp.message', {
    about: 'a CMP message; its body decides the operation',
    also: Object.values(CMP_OPERATIONS),
    refine: cmpOperation,
  })
  async message(@Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    if (!Buffer.isBuffer(body)) throw new ProtocolError('badDataFormat');
    try {
      return cmpReply(await this.desk.answer(body, exchange));
    } catch (failure) {
      if (failure instanceof PkiError) throw new ProtocolError('badDataFormat');
      throw failure;
    }
  }
}
