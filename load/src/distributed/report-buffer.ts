import { Recorder } from '../engine/recorder.js';
import type { Sample, SampleSink } from '../engine/sample.js';
import type { HoldShare } from '../engine/hold-meter.js';
import type { Report } from './messages.js';

type Gathered = Pick<Report, 'samples' | 'cells' | 'holds' | 'released'>;

/** A report must stay far below the megabyte a broker takes by default. */
export const SAMPLES_PER_REPORT = 1000;

/** What a worker has gathered since its last report; samples and histograms always tell of the same operations. */
export class ReportBuffer implements SampleSink {
  readonly recorder = new Recorder();
  private samples: Sample[] = [];
  private holds: HoldShare[] = [];
  private released: Gathered['released'] = [];

  constructor(private readonly onFull: () => void) {}

  write(sample: Sample): void {
    this.samples.push(sample);
    if (this.samples.length >= SAMPLES_PER_REPORT) this.onFull();
  }

  addHold(share: HoldShare): void {
    this.holds.push(share);
  }

  addReleased(released: Gathered['released']): void {
    this.released.push(...released);
  }

  take(): Gathered {
    const taken = {
      samples: this.samples,
      cells: this.recorder.take(),
      holds: this.holds,
      released: this.released,
    };
    this.samples = [];
    this.holds = [];
    this.released = [];
    return taken;
  }
}
