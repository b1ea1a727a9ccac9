import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids, ResetOnAdmin, type Exchange, type Resettable } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import type { FaultHints } from '../../domain/fault-hints.js';
import { Refusal } from '../../domain/refusal.js';
import type { SigningState } from '../../domain/signing-operation.js';
import { personOfSubjectId, subjectId } from '../../domain/subject-id.js';
import { signingKeyOf } from '../../domain/unep-certificate.js';
import { CertificateOffice } from '../../flow/certificate-office.js';
import { SigningDesk } from '../../flow/signing-desk.js';
import { DEFAULT_TENANT } from '../../flow/tenants.js';
import { BoundedMap } from '../../state/bounded-map.js';
import { answered, hintsOf } from '../answered.js';
import { checkedBody } from '../checked-body.js';

/** Certificates of this authority are issued through its own profile; this one signs with them. */
const PROFILE = 'kontur';
const MAX_FILES = 100;

const bodySchema = z.object({
  CertificateId: z.string().min(1).max(100),
  Files: z
    .array(z.object({ Content: z.object({ Data: z.base64() }), FileName: z.string().max(500).nullish() }))
    .min(1, 'нужен хотя бы один файл')
    .max(MAX_FILES, `не более ${MAX_FILES} файлов`),
});

/** OperationStatus of section 2.5. */
export type OperationStatus =
  'InProgress' | 'Completed' | 'CanceledByUser' | 'Crashed' | 'UserHasUnconfirmedOperation' | 'OperationRetryRequired';

const STATUS: Readonly<Record<SigningState, OperationStatus>> = {
  QUEUED: 'InProgress',
  DONE: 'Completed',
  FAILED: 'Crashed',
};

interface Refused {
  readonly status: OperationStatus;
}

/** Signing tasks of the DssSign profile: ordered at once, asked about afterwards. */
@Injectable()
@ResetOnAdmin()
export class DssSignDesk implements Resettable {
  /** Tasks that were refused and never became an order. */
  private readonly refused: BoundedMap<Refused>;

  constructor(
    private readonly signing: SigningDesk,
    private readonly office: CertificateOffice,
    private readonly ids: Ids,
    @Inject(CONFIG) config: Pick<CaConfig, 'maxOperations'>,
  ) {
    this.refused = new BoundedMap(config.maxOperations);
  }

  /** @returns the id of the task. @throws Refusal `bad_request`, `not_found`, `wrong_state` */
  async order(body: unknown, exchange: Exchange): Promise<string> {
    const { CertificateId: certificateId, Files } = checkedBody(bodySchema, body);
    const id = subjectId(this.ids.uuid(), personOfSubjectId(certificateId));
    const hints = hintsOf(exchange);
    const { owner } = signingKeyOf(await this.office.require(certificateId, PROFILE));
    const documents = Files.map(({ Content }, index) => ({
      id: String(index),
      digest: owner.digest(Buffer.from(Content.Data, 'base64')),
    }));
    if (hints['confirmation-cancelled'] === true) return this.refuse(id, 'CanceledByUser');
    try {
      const order = { id, profile: PROFILE, tenant: DEFAULT_TENANT, certificateId, documents, hints } as const;
      await this.signing.order(order, answered(exchange));
      return id;
    } catch (failure) {
      const status = statusOf(failure, hints);
      if (status === undefined) throw failure;
      return this.refuse(id, status);
    }
  }

  /** DssSignResult. @throws Refusal `not_found` */
  async result(taskId: string) {
    const refused = this.refused.get(taskId);
    if (refused !== undefined) return view(refused.status, []);
    const { state, signatures } = await this.signing.require(taskId, PROFILE);
    return view(
      STATUS[state],
      signatures.map(({ cms }) => ({ FileSigningStatus: 'SigningCompleted', Signature: cms.toString('base64') })),
    );
  }

  reset(): void {
    this.refused.clear();
  }

  private refuse(id: string, status: OperationStatus): string {
    this.refused.add(id, { status });
    return id;
  }
}

/** Refusals that this profile tells as the state of a task. */
function statusOf(failure: unknown, hints: FaultHints): OperationStatus | undefined {
  if (!(failure instanceof Refusal)) return undefined;
  if (failure.code === 'overloaded') return 'OperationRetryRequired';
  const isPending = failure.code === 'wrong_state' && hints['user-has-unconfirmed-operation'] === true;
  return isPending ? 'UserHasUnconfirmedOperation' : undefined;
}

const view = (OperationStatus: OperationStatus, FileSigningResults: readonly object[]) => ({
  ...{ OperationStatus, FileSigningResults, ConfirmType: 'None', Operator: 'Kontur', PhoneLastNumbers: null },
});
