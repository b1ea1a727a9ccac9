import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Journal } from '@poligon/emulator-kit';
import type { WorkPlan } from '../domain/work-plan.js';
import { RealWork } from '../flow/real-work.js';
import { workPlanSchema } from '../work-settings.js';

/** Real work at run time: where the bottleneck is to be. */
@ApiTags('hrlink')
@Controller('__admin/work')
export class WorkController {
  constructor(
    private readonly work: RealWork,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'the plan, and the connections to the database when there is one' })
  state() {
    const { plan, hasDatabase } = this.work;
    return { plan, hasDatabase, connections: this.work.connections() };
  }

  @Put()
  @ApiOperation({ summary: 'changes the named parts of the plan' })
  @ApiBody(bodySchema(workPlanSchema))
  async change(@Body() body: unknown, @Caller() by: string) {
    const changes = checked(workPlanSchema, body);
    const ofDatabase = Object.keys(changes).filter((name) => name !== 'convertCpuMs');
    if (!this.work.hasDatabase && ofDatabase.length > 0) {
      throw new AdminError(409, `${ofDatabase.join(', ')}: needs HRLINK_WORK_DATABASE_URL`);
    }
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await this.work.follow({ ...this.work.plan, ...(given as Partial<WorkPlan>) });
    this.journal.note('admin.work.put', 'changed', { changes, by });
    return this.state();
  }
}
