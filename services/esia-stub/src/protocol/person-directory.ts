import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { Population, type Department, type Organisation, type Person } from '@poligon/people';
import type { EsiaConfig } from '../config.js';
import type { PersonHint } from '../domain/client.js';

/** The accounts of ESIA: everybody of the population has one. */
@Injectable()
export class PersonDirectory {
  private readonly population: Population;

  constructor(@Inject(CONFIG) { populationSeed }: EsiaConfig) {
    this.population = new Population({ seed: populationSeed });
  }

  person(index: number): Person {
    return this.population.person(index);
  }

  oidOf(index: number): number {
    return this.population.esiaOidOf(index);
  }

  indexByOid(oid: unknown): number | undefined {
    return this.population.indexByEsiaOid(oid);
  }

  employerOf(index: number): Organisation {
    return this.population.organisation(this.population.person(index).employerIndex);
  }

  /** Whether the person heads the employer. */
  isChief(index: number): boolean {
    return this.population.employeeAt(this.population.person(index).employerIndex, 0) === index;
  }

  organisationByOid(oid: unknown): Organisation | undefined {
    const index = this.population.organisationIndexByEsiaOid(oid);
    return index === undefined ? undefined : this.population.organisation(index);
  }

  departmentOf({ employerIndex, departmentIndex }: Person): Department {
    return this.population.department(employerIndex, departmentIndex);
  }

  /** Persons at places of an organisation's staff list, the director first. */
  staff({ index, headcount }: Organisation, limit: number): readonly number[] {
    return Array.from({ length: Math.min(headcount, limit) }, (_, place) => this.population.employeeAt(index, place));
  }

  /** Who logs in with this phone, СНИЛС or e-mail address, the three the login page takes. */
  indexByLogin(text: string): number | undefined {
    const { population } = this;
    return population.indexByPhone(text) ?? population.indexBySnils(text) ?? population.indexByEmail(text);
  }

  indexByHint({ oid, snils, phone }: PersonHint): number | undefined {
    if (oid !== undefined) return this.population.indexByEsiaOid(oid);
    return snils === undefined ? this.population.indexByPhone(phone) : this.population.indexBySnils(snils);
  }
}
