import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { OneCConfig } from '../../config.js';
import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { Infobase } from '../../flow/infobase.js';
import { readAddress, type Address } from './address.js';
import { entityPath } from './entity-path.js';
import { odataCall, type ODataCall } from './odata-call.js';
import { odataFailure } from './odata-failure.js';
import { ODataReader } from './odata-reader.js';

/** What writing operations share: the address, the version check, the answer with the whole object. */
@Injectable()
export class WriteRequest {
  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly infobase: Infobase,
    private readonly reader: ODataReader,
  ) {}

  /** @throws ProtocolError of the standard interface */
  address(request: FastifyRequest): { readonly call: ODataCall; readonly address: Address } {
    const call = odataCall(request);
    return { call, address: readAddress(call.url, this.infobase.configuration) };
  }

  /** The object a PATCH, PUT or DELETE is about. @throws ProtocolError code 19 when the URL names none, 412 by setting */
  target(request: FastifyRequest): { readonly call: ODataCall; readonly set: EntitySet; readonly key: string } {
    const { call, address } = this.address(request);
    if (address.kind !== 'entity' || address.path.length > 0) throw odataFailure('method-forbidden');
    const { set, key } = address;
    const version = request.headers['if-match'];
    if (this.config.odataIfMatch === 'enforce412' && version !== undefined && version !== '*') {
      const current = this.infobase.find(set, key)?.get('DataVersion');
      if (current !== undefined && version.replace(/^(W\/)?"|"$/g, '') !== current)
        throw odataFailure('version-conflict');
    }
    return { call, set, key };
  }

  /** The whole object, whatever was sent. */
  whole(call: ODataCall, set: EntitySet, row: Row): WireReply {
    return this.reader.replies(call).entity(set, row, this.reader.plan(set, call));
  }

  /** 201 with `Location` in raw UTF-8 bytes; 200 for records of a register (1c.md 2.1, Writes). */
  created(call: ODataCall, set: EntitySet, row: Row): WireReply {
    const reply = this.whole(call, set, row);
    if (set.key[0] !== 'Ref_Key') return reply;
    // header values travel one byte a character
    const location = Buffer.from(`${call.root}/${entityPath(set, row)}`, 'utf8').toString('latin1');
    // a text body would be joined to the head and both sent as UTF-8
    return new WireReply(201, { ...reply.headers, Location: location }, Buffer.from(reply.body));
  }
}
