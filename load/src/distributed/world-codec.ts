import type { ApplicationType } from '@poligon/hrlink-api';
import { Population } from '@poligon/people';
import { pdfFile } from '../scenarios/pdf-file.js';
import type { PackedFeeds } from './feeds-codec.js';
import { packFeeds, unpackFeeds } from './feeds-codec.js';
import { Staff } from '../scenarios/staff.js';
import type { Actor, World } from '../scenarios/world.js';

/** The prepared data as it travels: people are numbers, the file is made anew, a document names its signer's place. */
export interface PackedWorld {
  tag: string;
  units: { organisationIndex: number; legalEntityId: string; departmentIds: string[]; positionIds: string[] }[];
  documentTypeId: string;
  employeeOnlyRouteId?: string;
  applicationType?: ApplicationType;
  fileTitle: string;
  fileBytes: number;
  /** People of a file travel whole: they cannot be computed. */
  signers: {
    personIndex: number;
    actor?: Actor;
    clientUserId: string;
    employeeId: string;
    legalEntityId?: string;
  }[];
  feeds: PackedFeeds;
  stock: { documentId: string; number: string; signer: number }[];
  freshFrom: number;
  ordinalBase: Record<string, number>;
}

/** Packs a world for a worker. `fileBytes` is the size of the PDF, which is made from the tag. */
export function packWorld(world: World, fileBytes: number): PackedWorld {
  const places = new Map(world.signers.map((signer, place) => [signer, place]));
  return {
    tag: world.tag,
    units: world.units.map(({ staff, legalEntityId, departmentIds, positionIds }) => {
      return { organisationIndex: staff.organisationIndex, legalEntityId, departmentIds, positionIds };
    }),
    documentTypeId: world.documentTypeId,
    employeeOnlyRouteId: world.employeeOnlyRouteId,
    applicationType: world.applicationType,
    fileTitle: `Poligon load test ${world.tag}`,
    fileBytes,
    signers: world.signers.map(({ person, clientUserId, employeeId, legalEntityId }) => {
      const actor = person.credentials ? { actor: person } : {};
      const home = legalEntityId === undefined ? {} : { legalEntityId };
      return { personIndex: person.index, ...actor, clientUserId, employeeId, ...home };
    }),
    feeds: packFeeds(world.feeds),
    stock: world.stock.map(({ documentId, number, signer }) => {
      return { documentId, number, signer: places.get(signer) as number };
    }),
    freshFrom: world.freshFrom,
    ordinalBase: world.ordinalBase,
  };
}

/** The world again, on a worker. */
export function unpackWorld(packed: PackedWorld): World {
  const population = new Population();
  const { units, signers: packedSigners, stock, fileTitle, fileBytes, feeds, ...plain } = packed;
  const signers = packedSigners.map(({ personIndex, actor, ...ids }) => {
    return { person: actor ?? population.person(personIndex), ...ids };
  });
  return {
    ...plain,
    units: units.map(({ organisationIndex, ...ids }) => ({ staff: new Staff(population, organisationIndex), ...ids })),
    file: { name: 'document.pdf', contentType: 'application/pdf', bytes: pdfFile(fileTitle, fileBytes) },
    feeds: unpackFeeds(feeds),
    signers,
    stock: stock.map(({ signer, ...document }) => ({
      ...document,
      signer: signers[signer] as (typeof signers)[number],
    })),
    signedDocumentIds: [],
  };
}
