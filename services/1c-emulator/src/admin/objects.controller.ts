import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, checked } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { EntitySet } from '../domain/edm.js';
import { Infobase } from '../flow/infobase.js';
import { ObjectStore } from '../state/object.store.js';

const query = z.object({
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000, 'must be 1..1000').default(50),
});

/** Objects of the infobase: what was written over the seed. */
@ApiTags('objects')
@Controller('__admin/objects')
export class ObjectsController {
  constructor(
    private readonly infobase: Infobase,
    private readonly store: ObjectStore,
  ) {}

  @Get()
  @ApiOperation({ summary: 'sets with how many objects were written or removed in each' })
  sets() {
    const sets = [...this.infobase.configuration.sets].map(({ name, kind }) => ({
      name,
      kind,
      written: this.written(name),
    }));
    return { objects: this.store.count(), sets: sets.filter(({ written }) => written > 0) };
  }

  @Get(':set')
  @ApiOperation({ summary: 'written objects of a set, oldest key first; removed ones as null' })
  @ApiQuery({ name: 'offset', required: false })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  list(@Param('set') name: string, @Query() input: unknown) {
    const { offset, limit } = checked(query, input);
    const { name: set } = this.known(name);
    const objects: { key: string; object: unknown }[] = [];
    let seen = 0;
    for (const [key, object] of this.store.written(set)) {
      seen += 1;
      if (seen <= offset) continue;
      if (objects.length >= limit) break;
      objects.push({ key, object: object === 'deleted' ? null : { ...object.values, ...object.parts } });
    }
    return { set, written: this.written(set), objects };
  }

  private known(name: string): EntitySet {
    const set = this.infobase.configuration.set(name);
    if (set === undefined) throw new AdminError(404, `no set "${name}"`);
    return set;
  }

  private written(set: string): number {
    return [...this.store.written(set)].length;
  }
}
