import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';

const MAX_REMEMBERED = 100_000;

/** Messages that clients deleted: the gateway keeps them, the client sees them no more. */
@Injectable()
@ResetOnAdmin()
export class TwilioRemoved implements Resettable {
  private readonly ids = new Set<number>();

  has(id: number): boolean {
    return this.ids.has(id);
  }

  add(id: number): void {
    if (this.ids.size >= MAX_REMEMBERED) this.ids.delete(this.ids.values().next().value!);
    this.ids.add(id);
  }

  reset(): void {
    this.ids.clear();
  }
}
