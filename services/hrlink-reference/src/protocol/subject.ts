import { defaultPopulation, subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';

/** Subject key of the person whose phone a field of the body holds; undefined for a stranger's. */
export function subjectOfPhone(field: string): (request: FastifyRequest) => string | undefined {
  return ({ body }) => {
    const phone = (body as Record<string, unknown> | null | undefined)?.[field];
    const index = typeof phone === 'string' ? defaultPopulation.indexByPhone(phone) : undefined;
    return index === undefined ? undefined : subjectKey(index);
  };
}
