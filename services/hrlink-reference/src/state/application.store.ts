import type { Application } from '../domain/application.js';
import type { ApplicationFilter } from '../domain/application-filter.js';

/** Applications, one per group. */
export abstract class ApplicationStore {
  abstract save(application: Application): void;
  abstract byId(id: string): Application | undefined;
  /** One page of those the filter lets through, newest first. */
  abstract registry(filter: ApplicationFilter, offset: number, limit: number): Application[];
  /** How many were ever made: numbers those that come without a number. */
  abstract count(): number;
}
