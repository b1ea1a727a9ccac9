import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { editedPerson, type PersonEdit } from '../domain/person-edit.js';
import { PersonDirectory } from '../protocol/person-directory.js';
import { PersonEditStore, PersonEditStoreFull } from '../state/person-edit.store.js';
import { editOf, editSchema } from './person-edit.schema.js';

const MAX_LISTED = 1000;

const bulkSchema = z.strictObject({
  persons: z
    .array(z.strictObject({ oid: z.number().int().positive(), edit: editSchema }))
    .min(1)
    .max(10_000),
});

/** Accounts: what is computed of a person, and what an engineer changed. */
@ApiTags('persons')
@Controller('__admin/persons')
export class PersonsController {
  constructor(
    private readonly people: PersonDirectory,
    private readonly edits: PersonEditStore,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'edited accounts, newest first, at most a thousand' })
  async list() {
    const edits = await this.edits.list(MAX_LISTED);
    return { persons: edits.map(([index, edit]) => ({ oid: this.people.oidOf(index), edit })) };
  }

  @Get(':oid')
  @ApiOperation({ summary: 'an account with its edit' })
  async find(@Param('oid') oid: string) {
    const index = this.indexOf(oid);
    const edit = await this.edits.find(index);
    const { esiaOid, ...person } = editedPerson(this.people.person(index), edit);
    return { oid: esiaOid, person, edit: edit ?? null };
  }

  @Put(':oid')
  @ApiOperation({ summary: 'replaces the edit of an account; fields not named are computed' })
  @ApiBody(bodySchema(editSchema))
  async put(@Param('oid') oid: string, @Body() body: unknown, @Caller() by: string) {
    const index = this.indexOf(oid);
    await this.keep(index, editOf(checked(editSchema, body), this.clock.nowMs()));
    this.journal.note('admin.persons.put', 'changed', { oid, by });
    return this.find(oid);
  }

  @Put()
  @ApiOperation({ summary: 'replaces the edits of many accounts; edits of others stay' })
  @ApiBody(bodySchema(bulkSchema))
  async putMany(@Body() body: unknown, @Caller() by: string) {
    const nowMs = this.clock.nowMs();
    const persons = checked(bulkSchema, body).persons.map(
      ({ oid, edit }) => [this.indexOf(String(oid)), editOf(edit, nowMs)] as const,
    );
    for (const [index, edit] of persons) await this.keep(index, edit);
    this.journal.note('admin.persons.put', 'changed', { count: persons.length, by });
    return { changed: persons.length };
  }

  @Delete(':oid')
  @HttpCode(204)
  @ApiOperation({ summary: 'forgets the edit of an account' })
  async remove(@Param('oid') oid: string, @Caller() by: string): Promise<void> {
    if (!(await this.edits.remove(this.indexOf(oid)))) throw new AdminError(404, `no edit of person "${oid}"`);
    this.journal.note('admin.persons.delete', 'changed', { oid, by });
  }

  private async keep(index: number, edit: PersonEdit): Promise<void> {
    try {
      await this.edits.put(index, edit);
    } catch (failure) {
      if (failure instanceof PersonEditStoreFull) throw new AdminError(507, 'no room for another edit');
      throw failure;
    }
  }

  private indexOf(oid: string): number {
    const index = this.people.indexByOid(oid);
    if (index === undefined) throw new AdminError(404, `no person "${oid}"`);
    return index;
  }
}
