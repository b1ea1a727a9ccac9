import type { ApplicationType } from '@poligon/hrlink-api';
import type { Person } from '@poligon/people';
import type { Feeds } from '../feeders/read-feeds.js';
import type { UploadFile } from '../hrlink/multipart.js';
import type { Staff } from './staff.js';

/** A virtual employee; people of a real HRLink bring their own login. */
export type Actor = Person & { credentials?: { login: string; password: string } };

/** An employee who can sign: invited, logged in once, certificate issued. */
export interface Signer {
  person: Actor;
  clientUserId: string;
  employeeId: string;
  /** Of an employee of a file; the home of the run otherwise. */
  legalEntityId?: string;
}

/** A document that waits for an employee's signature. */
export interface UnsignedDocument {
  documentId: string;
  /** Number printed in the code's text message. */
  number: string;
  signer: Signer;
}

/** A legal entity of the run with its ids in HRLink, in the order of the population's numbers. */
export interface WorkUnit {
  staff: Staff;
  legalEntityId: string;
  departmentIds: string[];
  positionIds: string[];
}

/** What the prepare stage leaves for the scenarios. */
export interface World {
  /** Short text, different in every run: goes into numbers and external ids. */
  tag: string;
  /** The first one employs the signers. */
  units: WorkUnit[];
  documentTypeId: string;
  /** Route «only the employee signs»; undefined when the tenant has none, then the legacy order is sent. */
  employeeOnlyRouteId?: string;
  applicationType?: ApplicationType;
  file: UploadFile;
  /** Data of files, where the profile names some. */
  feeds: Feeds;
  signers: Signer[];
  stock: UnsignedDocument[];
  /** Ids of documents signed under load, for the signature sample. */
  signedDocumentIds: string[];
  /** Staff place of the first employee that gets a certificate under load. */
  freshFrom: number;
  /** Arrivals of earlier lives of a resumed run, by operation: their data is used up. */
  ordinalBase: Record<string, number>;
}

/** Number of a document or application. It is one word with letters, so that no part of it looks like a code. */
export function documentNumber(world: World, letter: string, ordinal: number): string {
  return `${letter}${world.tag}${String(ordinal).padStart(7, '0')}`;
}

/** Legal entity of the signers. */
export function homeOf(world: World): WorkUnit {
  return world.units[0] as WorkUnit;
}

/** Legal entity of an employee. */
export function legalEntityOf(world: World, { legalEntityId }: Pick<Signer, 'legalEntityId'>): string {
  return legalEntityId ?? homeOf(world).legalEntityId;
}

/** Place of an operation's data in a feed: it goes on counting in a resumed run. */
function demandOf(world: World, operation: string, ordinal: number): number {
  return ordinal + (world.ordinalBase[operation] ?? 0);
}

/** Somebody an operation sends to, of a file or among the signers; `nth` of the `count` it has. */
export function recipientOf(
  world: World,
  operation: string,
  ordinal: number,
  { nth, count } = { nth: 0, count: 1 },
): Pick<Signer, 'employeeId' | 'legalEntityId'> & { person?: Actor } {
  const { recipients } = world.feeds;
  if (!recipients) return signerOf(world, ordinal * count + nth);
  return recipients.at(operation, demandOf(world, operation, ordinal) * count + nth);
}

/** Document type of an operation. */
export function documentTypeOf(world: World, operation: string, ordinal: number): string {
  const { documentTypes } = world.feeds;
  return documentTypes?.at(operation, demandOf(world, operation, ordinal)).documentTypeId ?? world.documentTypeId;
}

/** File an operation uploads. */
export function fileOf(world: World, operation: string, ordinal: number): UploadFile {
  return world.feeds.files?.at(operation, demandOf(world, operation, ordinal)) ?? world.file;
}

/** Signer of the operation with this ordinal: everybody in turn. */
export function signerOf(world: World, ordinal: number): Signer {
  return world.signers[ordinal % world.signers.length] as Signer;
}
