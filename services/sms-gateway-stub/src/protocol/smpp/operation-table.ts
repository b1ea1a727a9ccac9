import { Injectable } from '@nestjs/common';
import { Logger } from '@poligon/emulator-kit';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import { BindOperations } from './operations/bind.operations.js';
import { ManageOperations } from './operations/manage.operations.js';
import { SubmitOperations } from './operations/submit.operations.js';
import type { SmppOperations } from './smpp-call.js';
import { AddressBook } from './address-book.js';

/** All requests the server answers. */
@Injectable()
export class OperationTable {
  readonly all: readonly SmppOperations[];

  constructor(bind: BindOperations, submit: SubmitOperations, manage: ManageOperations) {
    this.all = [bind, submit, manage];
  }
}

/** What the dispatcher uses beside the kit. */
@Injectable()
export class DispatcherTools {
  constructor(
    readonly wheel: TimingWheel,
    readonly logger: Logger,
    readonly addresses: AddressBook,
  ) {}
}
