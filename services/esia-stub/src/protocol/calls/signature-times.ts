import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';

/** How many signatures of requests were verified, and how long that took: apart from the whole of an exchange. */
@Injectable()
export class SignatureTimes {
  count = 0;
  totalMs = 0;

  constructor(private readonly clock: Clock) {}

  measured<T>(check: () => T): T {
    const startMs = this.clock.monotonicMs();
    try {
      return check();
    } finally {
      this.count += 1;
      this.totalMs += this.clock.monotonicMs() - startMs;
    }
  }
}
