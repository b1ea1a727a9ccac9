import { Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { PersonEditStore } from '../state/person-edit.store.js';
import { PersonSnapshotStore, PersonSnapshotStoreFull, type PersonSnapshot } from '../state/person-snapshot.store.js';

const nameSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'must be 1..100 letters, digits, dots or dashes');

/** Edits of all accounts kept under a name and brought back; whoever tests with edited accounts begins from a known state. */
@ApiTags('persons')
@Controller('__admin/person-snapshots')
export class PersonSnapshotsController {
  constructor(
    private readonly edits: PersonEditStore,
    private readonly snapshots: PersonSnapshotStore,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'kept sets of edits' })
  async list() {
    return { snapshots: (await this.snapshots.list()).map(snapshotView) };
  }

  @Put(':name')
  @ApiOperation({ summary: 'keeps the edits of all accounts as they are now; a reset leaves what is kept' })
  async put(@Param('name') name: string, @Caller() by: string) {
    // Newest first in the list, oldest first in what is kept, so that the order survives.
    const edits = [...(await this.edits.list(Number.MAX_SAFE_INTEGER))].reverse();
    const snapshot = { name: checked(nameSchema, name), madeAtMs: this.clock.nowMs(), edits };
    try {
      await this.snapshots.put(snapshot);
    } catch (failure) {
      if (failure instanceof PersonSnapshotStoreFull) throw new AdminError(507, 'no room for another snapshot');
      throw failure;
    }
    this.journal.note('admin.person-snapshots.put', 'changed', { name, by });
    return snapshotView(snapshot);
  }

  @Post(':name/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'puts the kept edits in the place of the present ones' })
  async restore(@Param('name') name: string, @Caller() by: string) {
    const snapshot = await this.snapshots.find(name);
    if (snapshot === undefined) throw new AdminError(404, `no snapshot "${name}"`);
    await this.edits.replaceAll(snapshot.edits);
    this.journal.note('admin.person-snapshots.restore', 'changed', { name, by });
    return snapshotView(snapshot);
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'forgets a snapshot' })
  async remove(@Param('name') name: string, @Caller() by: string): Promise<void> {
    if (!(await this.snapshots.remove(name))) throw new AdminError(404, `no snapshot "${name}"`);
    this.journal.note('admin.person-snapshots.delete', 'changed', { name, by });
  }
}

const snapshotView = ({ name, madeAtMs, edits }: PersonSnapshot): object => ({
  name,
  madeAt: new Date(madeAtMs).toISOString(),
  persons: edits.length,
});
