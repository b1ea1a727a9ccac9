import { Injectable } from '@nestjs/common';
import { subjectOf } from '../../domain/phone.js';

const MAX_CACHED = 100_000;

/** Subject keys of phones seen lately: recognising a person is arithmetic, but not for nothing at tens of thousands a second. */
@Injectable()
export class SubjectCache {
  private readonly subjects = new Map<string, string | undefined>();

  subjectOf(phone: string): string | undefined {
    const known = this.subjects.get(phone);
    if (known !== undefined || this.subjects.has(phone)) return known;
    if (this.subjects.size >= MAX_CACHED) this.subjects.clear();
    const subject = subjectOf(phone);
    this.subjects.set(phone, subject);
    return subject;
  }
}
