import { Injectable } from '@nestjs/common';
import { NAMESPACE, type EntitySet } from '../../domain/edm.js';
import { ZERO_GUID, type Scalar } from '../../domain/row.js';
import { Infobase } from '../../flow/infobase.js';
import { Posting } from '../../flow/posting.js';
import type { Address, ObjectMethod } from './address.js';
import type { ODataCall } from './odata-call.js';
import { ObjectWriter } from './object-writer.js';
import { odataFailureText } from './odata-failure.js';
import { unquoted } from './segment.js';

type MethodAddress = Extract<Address, { kind: 'method' }>;

/** The point of a process's map it starts from when the caller names none. */
const FIRST_POINT = 'Выполнить';

/** Methods of objects: posting of documents, start of business processes, execution of tasks (1c.md 2.1, Writes). */
@Injectable()
export class ObjectMethods {
  constructor(
    private readonly infobase: Infobase,
    private readonly writer: ObjectWriter,
    private readonly posting: Posting,
  ) {}

  private readonly methods: Readonly<
    Record<ObjectMethod, (address: MethodAddress, call: ODataCall) => Promise<unknown>>
  > = {
    Post: ({ set, key }) => this.post(set, key, true),
    Unpost: ({ set, key }) => this.post(set, key, false),
    Start: ({ set, key, args }, { options }) =>
      this.start(set, key, args.get('RoutePoint') ?? unquoted(options.get('RoutePoint') ?? '')),
    ExecuteTask: ({ set, key }) => this.execute(set, key),
  };

  /** @throws ProtocolError of the standard interface */
  async perform(address: MethodAddress, call: ODataCall): Promise<void> {
    await this.methods[address.method](address, call);
  }

  private async post(set: EntitySet, key: string, isPosted: boolean): Promise<void> {
    const row = await this.writer.mark(set, key, { Posted: isPosted });
    await this.posting.move(set, row, isPosted);
  }

  /** A started process makes a task for whoever is to do it. */
  private async start(set: EntitySet, key: string, routePoint: string): Promise<void> {
    if (this.writer.existing(set, key).get('Started') === true) {
      throw odataFailureText('internal', 'Бизнес-процесс уже стартован');
    }
    const row = await this.writer.mark(set, key, { Started: true });
    const tasks = this.taskSet(set.name);
    if (tasks === undefined) return;
    const copied = ['Исполнитель_Key', 'СрокИсполнения'].map((name) => [name, row.get(name)] as const);
    const link = tasks.navigations.get('BusinessProcess')!;
    const process: Record<string, Scalar> = { [link.keyProperty]: String(row.get('Ref_Key')) };
    if (link.typeProperty !== undefined) process[link.typeProperty] = `${NAMESPACE}.${set.name}`;
    await this.writer.create(tasks, {
      ...process,
      ...Object.fromEntries(copied.filter(([, value]) => value !== undefined)),
      Description: row.get('Наименование') ?? '',
      RoutePoint: routePoint || FIRST_POINT,
    });
  }

  /** The process is complete with its last task. */
  private async execute(set: EntitySet, key: string): Promise<void> {
    if (this.writer.existing(set, key).get('Executed') === true) {
      throw odataFailureText('internal', 'Задача уже выполнена');
    }
    const task = await this.writer.mark(set, key, { Executed: true });
    const link = set.navigations.get('BusinessProcess')!;
    const name = link.typeProperty === undefined ? link.targets[0]! : String(task.get(link.typeProperty) ?? '');
    const processes = this.infobase.configuration.set(name);
    const process = String(task.get(link.keyProperty) ?? ZERO_GUID);
    if (processes === undefined || this.infobase.find(processes, process) === undefined) return;
    for (const other of this.infobase.scan(set)) {
      if (other.get(link.keyProperty) === process && other.get('Executed') !== true) return;
    }
    await this.writer.mark(processes, process, { Completed: true });
  }

  private taskSet(process: string): EntitySet | undefined {
    for (const set of this.infobase.configuration.own) {
      if (set.kind === 'Task' && set.navigations.get('BusinessProcess')!.targets.includes(process)) return set;
    }
    return undefined;
  }
}
