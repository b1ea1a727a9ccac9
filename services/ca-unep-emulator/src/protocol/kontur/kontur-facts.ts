import { valueAt } from '@poligon/emulator-kit';
import { defaultPopulation, subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { personOfSubjectId } from '../../domain/subject-id.js';

/** The person a call is about: by the id in its path, else by СНИЛС, ИНН or phone in its body. */
export function konturSubject({ body, params }: FastifyRequest): string | undefined {
  const person =
    personOfSubjectId(valueAt(params, 'id')) ??
    defaultPopulation.indexBySnils(valueAt(body, 'snils')) ??
    defaultPopulation.indexByInn(valueAt(body, 'inn')) ??
    defaultPopulation.indexByPhone(valueAt(body, 'phone'));
  return person === undefined ? undefined : subjectKey(person);
}
