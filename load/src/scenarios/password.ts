import { hash32 } from '../engine/random.js';

/**
 * Password a virtual employee always chooses. It is derived from the person, so that the next run can log the same
 * people in again; the fixed frame meets HRLink's rule (upper, lower, digit, special).
 */
export function passwordOf(personIndex: number): string {
  return `Poligon!${hash32(`password|${personIndex}`).toString(36)}7`;
}
