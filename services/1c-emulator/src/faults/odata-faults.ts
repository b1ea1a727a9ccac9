import { BrokenReferenceFault } from './broken-reference.fault.js';
import { CompositionEmptyFault } from './composition-empty.fault.js';
import { DataversionNoiseFault } from './dataversion-noise.fault.js';
import { EntityUnpublishedFault } from './entity-unpublished.fault.js';
import { Int64ZeroedFault } from './int64-zeroed.fault.js';
import { JsonBomFault } from './json-bom.fault.js';
import { PageShiftFault } from './page-shift.fault.js';
import { SchemaChangedFault } from './schema-changed.fault.js';
import { SilentTruncationFault } from './silent-truncation.fault.js';
import { UnstableOrderFault } from './unstable-order.fault.js';

/** Faults that change what the standard interface shows or keeps. */
export const ODATA_FAULTS = [
  BrokenReferenceFault,
  CompositionEmptyFault,
  DataversionNoiseFault,
  EntityUnpublishedFault,
  Int64ZeroedFault,
  JsonBomFault,
  PageShiftFault,
  SchemaChangedFault,
  SilentTruncationFault,
  UnstableOrderFault,
];
