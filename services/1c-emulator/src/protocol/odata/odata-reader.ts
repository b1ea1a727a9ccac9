import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, WireReply } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import type { Configuration } from '../../domain/configuration.js';
import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { Infobase } from '../../flow/infobase.js';
import { LocalTime } from '../../flow/local-time.js';
import { readAddress, type Address } from './address.js';
import { metadataDocument } from './metadata-writer.js';
import { countOption, type ODataCall } from './odata-call.js';
import { bentRows, bentSkip, composition, type ODataBends } from './odata-bends.js';
import { odataFailure } from './odata-failure.js';
import { ODataReplies, odataText } from './odata-reply.js';
import { pathContext, runQuery } from './query.js';
import { unquoted } from './segment.js';
import { readPlan, type Plan } from './selection.js';
import { serviceDocument } from './service-document.js';
import { virtualTable } from './virtual-table.js';

const BOM = '\ufeff';
const NO_LIMIT = 1_000_000_000;

/** Answers every GET of the standard interface. */
@Injectable()
export class ODataReader {
  /** Documents by what they describe: the whole composition, and those faults make of it. */
  private readonly metadata = new WeakMap<Configuration, Promise<Buffer>>();

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly infobase: Infobase,
    private readonly time: LocalTime,
  ) {}

  /** @throws ProtocolError of the standard interface */
  async answer(call: ODataCall, bends?: ODataBends): Promise<WireReply> {
    const configuration = composition(this.infobase.configuration, bends);
    const address = readAddress(call.url, configuration);
    switch (address.kind) {
      case 'service':
        return serviceDocument(configuration, call);
      case 'metadata':
        return odataText(await this.metadataOf(configuration), 'application/xml;charset=utf-8');
      case 'set':
        return this.set(address.set, call, bends);
      case 'count':
        return this.count(address.set, call);
      case 'entity':
        return this.entity(address, call);
      case 'table':
        return this.table(address, call);
      case 'batch':
        throw odataFailure('batch-not-supported');
      default:
        throw odataFailure('method-forbidden');
    }
  }

  plan(set: EntitySet, { options }: ODataCall): Plan {
    return readPlan(
      set,
      { select: options.get('$select'), expand: options.get('$expand') },
      pathContext(this.infobase),
    );
  }

  replies(call: ODataCall): ODataReplies {
    return new ODataReplies(call, this.time.now());
  }

  private metadataOf(configuration: Configuration): Promise<Buffer> {
    const known = this.metadata.get(configuration);
    if (known !== undefined) return known;
    const made = metadataDocument(configuration);
    this.metadata.set(configuration, made);
    return made;
  }

  private async set(set: EntitySet, call: ODataCall, bends: ODataBends | undefined): Promise<WireReply> {
    const plan = this.plan(set, call);
    const { options } = call;
    const isCounted = options.get('$inlinecount') === 'allpages';
    const isManual = isCounted && this.config.odataInlineCount === 'manual';
    const query = {
      filter: nonEmpty(options.get('$filter')),
      orderBy: nonEmpty(options.get('$orderby')),
      skip: bentSkip(countOption(call, '$skip', 0), bends),
      top: countOption(call, '$top', NO_LIMIT),
      isCounted,
    };
    const asked = isManual ? { ...query, skip: 0, top: NO_LIMIT } : query;
    const { rows, count } = await runQuery(this.infobase, set, asked, this.config.odataMaxRows);
    const shown = query.orderBy === undefined ? bentRows(rows, bends) : rows;
    return this.replies(call).set(set, shown, { plan, count });
  }

  private async count(set: EntitySet, call: ODataCall): Promise<WireReply> {
    const filter = nonEmpty(call.options.get('$filter'));
    const query = { filter, skip: 0, top: 0, isCounted: true };
    const { count } = await runQuery(this.infobase, set, query, this.config.odataMaxRows);
    return odataText(`${this.config.odataCountBom ? BOM : ''}${count}`, 'text/plain;charset=utf-8');
  }

  private entity({ set, key, path }: Extract<Address, { kind: 'entity' }>, call: ODataCall): WireReply {
    const row = this.infobase.find(set, key);
    if (row === undefined) throw odataFailure('not-found', set.name);
    return this.below({ set, row, path }, call);
  }

  /** Follows a property path: navigations to other objects, at last maybe a property. */
  private below({ set, row, path }: { set: EntitySet; row: Row; path: readonly string[] }, call: ODataCall): WireReply {
    const [name, ...rest] = path;
    if (name === undefined) return this.replies(call).entity(set, row, this.plan(set, call));
    if (set.properties.has(name)) {
      if (rest.length > 0) throw odataFailure('extra-segments');
      return this.replies(call).property(set, row, name);
    }
    const next = this.referred(set, row, name);
    return this.below({ ...next, path: rest }, call);
  }

  /** The object a navigation leads to. @throws ProtocolError: 6 for no navigation, 9 for nothing behind it */
  private referred(set: EntitySet, row: Row, name: string): { readonly set: EntitySet; readonly row: Row } {
    const navigation = set.navigations.get(name);
    if (navigation === undefined) throw odataFailure('segment-not-found', name);
    const { typeProperty, targets, keyProperty } = navigation;
    const target = typeProperty === undefined ? targets[0] : row.get(typeProperty);
    const next = this.infobase.configuration.set(String(target ?? ''));
    if (next === undefined) throw odataFailure('not-found', name);
    const found = this.infobase.find(next, String(row.get(keyProperty) ?? ''));
    if (found === undefined) throw odataFailure('not-found', next.name);
    return { set: next, row: found };
  }

  private async table(address: Extract<Address, { kind: 'table' }>, call: ODataCall): Promise<WireReply> {
    // expanding what a virtual table gives is refused; clients repeat without it (1c.md 5)
    if (call.options.has('$expand')) throw odataFailure('extra-segments');
    const args = new Map(address.args);
    for (const [name, text] of call.options) if (!name.startsWith('$')) args.set(name, unquoted(text));
    const { set, rows } = await virtualTable(this.infobase, address.set, { table: address.table, args });
    const page = rows.slice(countOption(call, '$skip', 0)).slice(0, countOption(call, '$top', NO_LIMIT));
    const plan = { ...this.plan(set, call), links: [] };
    const count = call.options.get('$inlinecount') === 'allpages' ? rows.length : undefined;
    return this.replies(call).set(set, page, { plan, count });
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
