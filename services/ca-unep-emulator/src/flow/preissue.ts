import { Injectable } from '@nestjs/common';
import { defaultPopulation } from '@poligon/people';
import type { Applicant } from '../domain/applicant.js';
import type { CaProfile } from '../domain/issue-request.js';
import type { UnepCertificate } from '../domain/unep-certificate.js';
import { CertificateOffice } from './certificate-office.js';
import { DEFAULT_TENANT } from './tenants.js';

/** An application such as the employer of person number `index` would send. */
function applicationOf(index: number): Applicant {
  const person = defaultPopulation.person(index);
  const { name, inn, ogrn } = defaultPopulation.organisation(person.employerIndex);
  const { lastName, firstName, patronymic, gender, birthDate, snils, phone, email } = person;
  return {
    ...{ lastName, firstName, patronymic, gender, birthDate, snils, phone, email },
    inn: person.inn,
    identification: 'ONSITE',
    organisation: { name, inn, ogrn },
  };
}

/** Certificates issued ahead of a test, in force at once, without a request. */
@Injectable()
export class Preissue {
  constructor(private readonly office: CertificateOffice) {}

  /** Persons `from` … `from + count - 1`, other work goes on in between. */
  async issue(from: number, count: number, profile: CaProfile): Promise<UnepCertificate[]> {
    const issued: UnepCertificate[] = [];
    for (let index = from; index < from + count; index += 1) {
      const applicant = applicationOf(index);
      issued.push(await this.office.issue({ applicant, profile, tenant: DEFAULT_TENANT, isAccepted: true }));
      await new Promise(setImmediate);
    }
    return issued;
  }
}
