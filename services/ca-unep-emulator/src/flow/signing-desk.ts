import { Injectable } from '@nestjs/common';
import { Clock, Logger, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaProfile } from '../domain/issue-request.js';
import { Refusal } from '../domain/refusal.js';
import type { SigningOperation } from '../domain/signing-operation.js';
import { requireActive, signingKeyOf } from '../domain/unep-certificate.js';
import { SigningOperationStore } from '../state/signing-operation.store.js';
import { CaMetrics } from './ca-metrics.js';
import { CertificateOffice } from './certificate-office.js';
import { CmsSigner } from './cms-signer.js';
import { HsmSlots } from './hsm-slots.js';
import { ResultNotices } from './result-notices.js';

/** What a tenant wants signed, with one of its certificates. */
export type SigningOrder = Omit<SigningOperation, 'state' | 'signatures' | 'subject'>;

/** Signs by order: as many operations at a time as the HSM has slots, the others wait in order. */
@Injectable()
@ResetOnAdmin()
export class SigningDesk implements Resettable {
  /** Orders under way by certificate. */
  private readonly underWay = new Map<string, number>();

  constructor(
    private readonly operations: SigningOperationStore,
    private readonly office: CertificateOffice,
    private readonly signer: CmsSigner,
    private readonly notices: ResultNotices,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: CaMetrics,
    private readonly slots: HsmSlots,
  ) {}

  /**
   * Takes the order. The result is told after `answered`, so that it does not overtake the answer to the order.
   * @throws Refusal `not_found`, `bad_request` for a digest of another length, `wrong_state` unless the certificate is active, `overloaded` when the queue is full
   */
  async order(order: SigningOrder, answered: Promise<void>): Promise<SigningOperation> {
    const certificate = await this.office.require(order.certificateId, order.profile);
    requireActive(certificate, this.clock.nowMs());
    const { digestBytes } = signingKeyOf(certificate).owner;
    if (order.documents.some(({ digest }) => digest.length !== digestBytes)) {
      throw new Refusal('bad_request', `ожидается хэш длиной ${digestBytes} байта`);
    }
    if (order.hints['user-has-unconfirmed-operation'] === true && this.underWay.has(order.certificateId)) {
      throw new Refusal('wrong_state', 'у пользователя есть неподтверждённая операция');
    }
    if (!this.slots.hasRoom(certificate) || order.hints['hsm-busy'] === true)
      throw new Refusal('overloaded', 'очередь подписания переполнена, повторите позже');
    const operation: SigningOperation = { ...order, subject: certificate.subject, state: 'QUEUED', signatures: [] };
    // Nothing else may run between the question for room and the submission, hence no await there.
    const kept = this.operations.add(operation);
    this.count(order.certificateId, 1);
    this.slots.submit(certificate, () => this.serve(operation, kept, answered));
    await kept;
    return operation;
  }

  /** Takes up an order that a former process has not ended; one too many for the queue waits for the next start. */
  resume(operation: SigningOperation): void {
    this.count(operation.certificateId, 1);
    const isTaken = this.slots.submit(operation, () => this.serve(operation, Promise.resolve(), Promise.resolve()));
    if (!isTaken) this.count(operation.certificateId, -1);
  }

  /** @throws Refusal `not_found`, also for an operation of another profile */
  async require(id: string, profile: CaProfile): Promise<SigningOperation> {
    const operation = await this.operations.find(id);
    if (operation?.profile === profile) return operation;
    throw new Refusal('not_found', `операция ${id} не найдена`);
  }

  /** Waiting orders are forgotten. */
  reset(): void {
    this.underWay.clear();
  }

  private async serve(operation: SigningOperation, kept: Promise<void>, answered: Promise<void>): Promise<void> {
    try {
      await kept;
      const outcome = await this.attempt(operation);
      this.metrics.documentsSigned(outcome.state === 'DONE' ? 'done' : 'failed', operation.documents.length);
      const ended = await this.operations.update(operation.id, (current) => ({ ...current, ...outcome }));
      if (ended !== undefined) void this.tell(ended, answered);
    } catch (failure) {
      this.logger.error('signing.not-kept', { operation: operation.id, failure: String(failure) });
    } finally {
      this.count(operation.certificateId, -1);
    }
  }

  private count(certificateId: string, change: 1 | -1): void {
    const left = (this.underWay.get(certificateId) ?? 0) + change;
    if (left > 0) this.underWay.set(certificateId, left);
    else this.underWay.delete(certificateId);
  }

  /** A certificate revoked while the order waited fails the operation, like a fault of the HSM itself. */
  private async attempt(operation: SigningOperation): Promise<Pick<SigningOperation, 'state' | 'signatures'>> {
    try {
      return { state: 'DONE', signatures: await this.signer.sign(operation) };
    } catch (failure) {
      this.logger.warn('signing.failed', { operation: operation.id, failure: String(failure) });
      return { state: 'FAILED', signatures: [] };
    }
  }

  private async tell(operation: SigningOperation, answered: Promise<void>): Promise<void> {
    try {
      await answered;
      await this.notices.signingEnded(operation);
    } catch (failure) {
      this.logger.error('signing.not-told', { operation: operation.id, failure: String(failure) });
    }
  }
}
