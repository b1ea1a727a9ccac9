import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { Population } from '@poligon/people';
import type { OneCConfig } from '../config.js';
import { Staff, staffProblem, type StaffSelection } from '../domain/staff.js';

/** The staff jobs work with: what the settings say until an engineer chooses another part of the population. */
@Injectable()
export class StaffHolder {
  private staff: Staff;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly people: Population,
  ) {
    this.staff = new Staff(people, selectionOf(config));
  }

  get current(): Staff {
    return this.staff;
  }

  /** Takes effect with the next run; returns the problem in one line when the population is too small. */
  use(selection: StaffSelection): string | undefined {
    const problem = staffProblem(this.people, selection);
    if (problem === undefined) this.staff = new Staff(this.people, selection);
    return problem;
  }

  /** Back to the settings. */
  restore(): void {
    this.staff = new Staff(this.people, selectionOf(this.config));
  }
}

export function selectionOf(config: OneCConfig): StaffSelection {
  const { firstOrganisation, organisations, firstEmployee, employees, exportAll } = config;
  return { firstOrganisation, organisations, firstEmployee, employees, exportAll };
}
