import { Injectable } from '@nestjs/common';
import { recipientPhone, subjectOf } from '../../domain/phone.js';
import type { SmppAddress } from './smpp-return.js';

const MAX_KNOWN = 100_000;

/** A destination messages went to lately: whatever has to be found out about it is found out once. */
export interface KnownAddress extends SmppAddress {
  /** Undefined for what is not a number. */
  readonly phone: string | undefined;
  readonly subject: string | undefined;
}

/** Destinations seen lately: recognising a person is arithmetic, but not for nothing at tens of thousands a second. */
@Injectable()
export class AddressBook {
  private readonly known = new Map<string, KnownAddress>();

  subjectOf(address: string): string | undefined {
    return (this.known.get(address) ?? this.note({ ton: 1, npi: 1, address })).subject;
  }

  /** The address with what is known of it; messages to the same one share the object. */
  at(ton: number, npi: number, address: string): KnownAddress {
    const known = this.known.get(address);
    return known !== undefined && known.ton === ton && known.npi === npi ? known : this.note({ ton, npi, address });
  }

  private note({ ton, npi, address }: SmppAddress): KnownAddress {
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    const noted = { ton, npi, address, phone: recipientPhone(address), subject: subjectOf(address) };
    this.known.set(address, noted);
    return noted;
  }
}
