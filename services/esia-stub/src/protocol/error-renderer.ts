import type { ErrorCatalogue } from '@poligon/emulator-kit';

/** Writes an entry of the catalogue in the form of one part of ESIA. */
export type ErrorRenderer = ErrorCatalogue['render'];
