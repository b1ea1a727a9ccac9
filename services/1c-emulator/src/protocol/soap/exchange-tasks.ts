import type { BackgroundState } from '../../flow/exchange/background-jobs.js';
import type { ExchangeOperations, Transfer } from '../../flow/exchange/exchange-operations.js';
import type { SoapArguments, SoapHandlers } from './soap-handlers.js';
import type { SoapResult } from './web-service.js';

const MAX_TASKS = 1000;
const DONE: SoapResult = { returns: '' };

/** States of a queued task by those of the background job that does it. */
const STATES: Readonly<Record<BackgroundState, string>> = {
  Active: 'Выполняется',
  Completed: 'Завершено',
  Failed: 'Ошибка',
  Canceled: 'НеЗапланировано',
};

/** Transfers between the data areas of one service, known by the caller's own ids (versions from 3.0.2.1 on, 1c.md 2.4). */
export class ExchangeTasks {
  /** Ids of background jobs by those of tasks. */
  private readonly operations = new Map<string, string>();

  constructor(private readonly exchange: ExchangeOperations) {}

  readonly handlers: SoapHandlers = {
    UploadDataInt: async (given, fate) => {
      const node = { plan: given.text('ExchangePlanName'), code: given.text('NodeCode'), fate };
      return this.remembered(given, await this.exchange.upload(node, true, given.text('TaskID')));
    },
    DownloadDataInt: async (given, fate) => {
      const node = { plan: given.text('ExchangePlanName'), code: given.text('NodeCode'), fate };
      return this.remembered(given, await this.exchange.download(node, given.text('FileID'), true));
    },
    Callback: (given) => {
      const error = given.text('Error');
      this.end(given.text('TaskID'), error === '' ? 'Completed' : 'Failed', error === '' ? null : error);
      return DONE;
    },
    TaskStatus: (given) => {
      const job = this.exchange.job(this.operations.get(given.text('TaskID')) ?? '');
      return { returns: job === undefined ? '' : STATES[job.state] };
    },
    StopTasks: (given) => {
      for (const task of given.texts('TasksID')) this.end(task, 'Canceled', null);
      return DONE;
    },
  };

  private remembered(given: SoapArguments, { operationId }: Transfer): SoapResult {
    if (this.operations.size >= MAX_TASKS) this.operations.delete(this.operations.keys().next().value!);
    this.operations.set(given.text('TaskID'), operationId);
    return DONE;
  }

  private end(task: string, state: BackgroundState, error: string | null): void {
    const operationId = this.operations.get(task);
    const job = operationId === undefined ? undefined : this.exchange.job(operationId);
    if (job?.state === 'Active') this.exchange.endJob(job.id, state, error);
  }
}
