import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { StaffHolder } from '../jobs/staff-holder.js';

const whole = (min: number, max: number) => {
  const rule = `must be a whole number ${min}..${max}`;
  return z.number(rule).int(rule).min(min, rule).max(max, rule).optional();
};

const staffSchema = z.strictObject({
  firstOrganisation: whole(0, 10_000_000),
  organisations: whole(1, 10_000),
  firstEmployee: whole(0, 1_000_000),
  employees: whole(0, 1_000_000),
  exportAll: z.boolean('must be true or false').optional(),
});

/** Which part of the population the infobase holds. */
@ApiTags('staff')
@Controller('__admin/staff')
export class StaffController {
  constructor(
    private readonly staff: StaffHolder,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'organisations and employees jobs work with' })
  view() {
    const { selection } = this.staff.current;
    return { ...selection, people: selection.organisations * selection.employees };
  }

  @Put()
  @ApiOperation({ summary: 'changes the fields given, from the next run on' })
  @ApiBody(bodySchema(staffSchema))
  change(@Body() body: unknown, @Caller() by: string) {
    const fields = Object.entries(checked(staffSchema, body)).filter(([, given]) => given !== undefined);
    const problem = this.staff.use({ ...this.staff.current.selection, ...Object.fromEntries(fields) });
    if (problem !== undefined) throw new AdminError(400, problem);
    const view = this.view();
    this.journal.note('admin.staff.put', 'changed', { ...view, by });
    return view;
  }
}
