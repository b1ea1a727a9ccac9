import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { editedPerson } from '../domain/person-edit.js';
import { PersonDirectory } from '../protocol/person-directory.js';
import { PersonEditStore, PersonEditStoreFull } from '../state/person-edit.store.js';

const text = z.string().min(1).max(300).optional();
const isoDate = z.iso.date().optional();

const editSchema = z.strictObject({
  lastName: text,
  firstName: text,
  patronymic: z.string().max(300).optional(),
  gender: z.enum(['MALE', 'FEMALE']).optional(),
  birthDate: isoDate,
  birthPlace: text,
  snils: z
    .string()
    .regex(/^\d{11}$/, 'must be eleven digits')
    .optional(),
  inn: z
    .string()
    .regex(/^\d{12}$/, 'must be twelve digits')
    .optional(),
  phone: z
    .string()
    .regex(/^7\d{10}$/, 'must be eleven digits beginning with 7')
    .optional(),
  email: z.email().max(300).optional(),
  passport: z
    .strictObject({ series: text, number: text, issuedDate: isoDate, issuedBy: text, departmentCode: text })
    .optional(),
  isTrusted: z.boolean().optional(),
  status: z.enum(['REGISTERED', 'DELETED']).optional(),
  isVerifying: z.boolean().optional(),
  isMobileVerified: z.boolean().optional(),
  isEmailVerified: z.boolean().optional(),
});

const MAX_LISTED = 1000;

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
    const { passport, ...fields } = checked(editSchema, body);
    const given = passport && Object.entries(passport).filter(([, value]) => value !== undefined);
    const edit = { ...fields, ...(given && { passport: Object.fromEntries(given) }), editedAtMs: this.clock.nowMs() };
    try {
      await this.edits.put(index, edit);
    } catch (failure) {
      if (failure instanceof PersonEditStoreFull) throw new AdminError(507, 'no room for another edit');
      throw failure;
    }
    this.journal.note('admin.persons.put', 'changed', { oid, by });
    return this.find(oid);
  }

  @Delete(':oid')
  @HttpCode(204)
  @ApiOperation({ summary: 'forgets the edit of an account' })
  async remove(@Param('oid') oid: string, @Caller() by: string): Promise<void> {
    if (!(await this.edits.remove(this.indexOf(oid)))) throw new AdminError(404, `no edit of person "${oid}"`);
    this.journal.note('admin.persons.delete', 'changed', { oid, by });
  }

  private indexOf(oid: string): number {
    const index = this.people.indexByOid(oid);
    if (index === undefined) throw new AdminError(404, `no person "${oid}"`);
    return index;
  }
}
