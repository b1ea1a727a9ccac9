import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import type { Lna } from '../domain/lna.js';
import { found } from '../domain/refusal.js';
import { lnaInput, type LnaFields } from '../flow/lna-input.js';
import { Lnas } from '../flow/lnas.js';
import { FileStore, LnaStore, TaskStore } from '../state/work.store.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf, InputOf } from './input.decorator.js';
import { lnaCard } from './nqes.codec.js';
import { success } from './success.js';
import { lnaSendTask } from './task.codec.js';

const sendInput = z.object({ employeeIds: z.array(z.string()).min(1).max(20_000) });

/** Local regulations (spec 2.8, flow (b)). */
@Controller()
export class LnaController {
  constructor(
    private readonly store: LnaStore,
    private readonly files: FileStore,
    private readonly tasks: TaskStore,
    private readonly lnas: Lnas,
  ) {}

  @HrlinkRoute('lna.create', { about: 'makes a local regulation' })
  create(@BodyOf(lnaInput) body: LnaFields) {
    return success({ lna: { id: this.lnas.create(body).id } });
  }

  @HrlinkRoute('lna.get', { about: 'card of a local regulation' })
  get(@Param('id') id: string) {
    return this.card(this.byId(id));
  }

  @HrlinkRoute('lna.toApproval', { about: 'sends it to the head manager' })
  toApproval(@Param('id') id: string) {
    const lna = this.byId(id);
    this.lnas.toApproval(lna);
    return this.card(lna);
  }

  @HrlinkRoute('lna.send', { about: 'sends it to employees who do not have it' })
  send(@Param('id') id: string, @InputOf('lna.send', sendInput) { employeeIds }: z.output<typeof sendInput>) {
    return success({ lnaSendTask: { id: this.lnas.send(this.byId(id), employeeIds).id } });
  }

  @HrlinkRoute('lna.sendTask', { about: 'state of a send task' })
  task(@Param('id') id: string) {
    const task = this.tasks.byId(id);
    return success({ lnaSendTask: lnaSendTask(found(task?.kind === 'lnaSend' ? task : undefined, 'lnaSendTask')) });
  }

  private card(lna: Lna) {
    return success({ lna: lnaCard(lna, this.files.byId(lna.fileId)) });
  }

  private byId(id: string): Lna {
    return found(this.store.byId(id), 'lna');
  }
}
