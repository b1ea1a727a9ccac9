import { Ids } from '@poligon/emulator-kit';
import { signatureSuite } from '@poligon/pki';
import { SilentLogger, type EngineUnderTest } from '@poligon/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Revocation } from '../src/domain/revocation.js';
import { authorityStoreContract } from '../src/state/authority.store-contract.js';
import { certificateStoreContract } from '../src/state/certificate.store-contract.js';
import { DurableAuthorityStore } from '../src/state/durable-authority.store.js';
import { DurableCertificateStore } from '../src/state/durable-certificate.store.js';
import { DurableEventStore } from '../src/state/durable-event.store.js';
import { DurableIssueRequestStore } from '../src/state/durable-issue-request.store.js';
import { DurableRevocationStore } from '../src/state/durable-revocation.store.js';
import { DurableSigningOperationStore } from '../src/state/durable-signing-operation.store.js';
import { eventStoreContract } from '../src/state/event.store-contract.js';
import { issueRequestStoreContract } from '../src/state/issue-request.store-contract.js';
import { revocationStoreContract } from '../src/state/revocation.store-contract.js';
import { signingOperationStoreContract } from '../src/state/signing-operation.store-contract.js';

class SystemIds extends Ids {
  uuid = () => randomUUID();
  bytes = (count: number) => randomBytes(count);
}

const suite = signatureSuite('ecdsa-p256');

/** Every durable store passes the contract of its port on a database, and replicas see one state. */
export function durableStoresContract(engine: EngineUnderTest): void {
  const revocationsOf = () => {
    return new DurableRevocationStore(engine.replica(), new SystemIds(), new SilentLogger()).open();
  };

  describe('authority', () => authorityStoreContract(() => new DurableAuthorityStore(engine.replica())));
  describe('certificates', () =>
    certificateStoreContract(() => new DurableCertificateStore(engine.replica(), suite), false));
  describe('issue requests', () => issueRequestStoreContract(() => new DurableIssueRequestStore(engine.replica())));
  describe('signing operations', () =>
    signingOperationStoreContract(() => new DurableSigningOperationStore(engine.replica()), false));
  describe('events', () => eventStoreContract(() => new DurableEventStore(engine.replica()), false));
  describe('revocations', () => revocationStoreContract(revocationsOf, false));

  it('a key is the same after it was read again', async () => {
    const keyPair = suite.generateKeyPair();
    const times = { notBeforeMs: 0, notAfterMs: 1, isAccepted: true };
    const about = { id: 'c', profile: 'astral', tenant: 't', requestId: undefined, subject: undefined } as const;
    const owner = { fullName: 'А Б', snils: '1', phone: undefined, serialHex: 'AB', der: Buffer.from('der') };
    await new DurableCertificateStore(engine.replica(), suite).add({ ...about, ...owner, ...times, keyPair });
    const read = await new DurableCertificateStore(engine.replica(), suite).find('c');
    expect([read?.der.toString(), read?.keyPair?.spki]).toEqual(['der', keyPair.spki]);
  });

  it('a revocation is known to a replica that reads on, and forgotten after a lift', async () => {
    const [first, second] = [await revocationsOf(), await revocationsOf()];
    const revocation: Revocation = { serialHex: 'AB', atMs: 1, reason: 6, notAfterMs: 2, generation: 1 };
    await first.add(revocation);
    expect(await second.find('AB')).toBeUndefined();
    await second.follow();
    expect(await second.find('AB')).toEqual(revocation);
    await second.remove('AB');
    await first.follow();
    expect(await first.find('AB')).toBeUndefined();
    await first.add({ ...revocation, reason: 1 });
    await second.follow();
    expect([(await second.find('AB'))?.reason, (await (await revocationsOf()).all()).length]).toEqual([1, 1]);
    first.close();
    second.close();
  });
}
