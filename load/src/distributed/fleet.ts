import type { Clock, StopTicking } from '../engine/clock.js';
import type { CoordinatorChannel } from './channel.js';
import { FleetLog } from './fleet-log.js';
import type { FleetRecord } from './fleet-log.js';
import type { State } from './messages.js';
import { Roster } from './roster.js';
import type { Member, RosterListener } from './roster.js';
import { SetupParcel } from './setup-parcel.js';
import { shardsFor } from './shard.js';
import type { WorkerSetup } from './work.js';

/** There are not enough workers; the message is one line. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
}

export interface FleetOptions {
  channel: CoordinatorChannel;
  clock: Clock;
  /** Id of the run, different in each of its lives. */
  run: string;
  setup: WorkerSetup;
  /** Called whenever workers.json has changed. */
  onChange: (record: FleetRecord) => void;
  /** Called when the last worker has gone because HRLink no longer takes its credentials. */
  onRefused?: (reason: string) => void;
}

/** The workers of one run before, during and after the load. */
export class Fleet {
  readonly shards: number;
  readonly log: FleetLog;
  readonly roster: Roster;
  /** Hears of the workers once the load is on. */
  private listener: Omit<RosterListener, 'refused'> | undefined;
  private stopBeat: StopTicking | undefined;
  private gathered = new AbortController();
  private wanted = Infinity;
  private refusal = '';
  private number = 0;

  constructor(private readonly options: FleetOptions) {
    const { run, channel, clock, setup } = options;
    this.shards = shardsFor(setup.signers);
    this.log = new FleetLog(this.shards);
    this.roster = new Roster(run, channel, clock, new SetupParcel(setup), {
      joined: (member) => this.joined(member),
      reported: (member, report) => this.listener?.reported(member, report),
      leaving: (member) => this.leaving(member),
      lost: (member, reason) => this.lost(member, reason),
      refused: (worker, reason) => this.refused(worker, reason),
    });
  }

  get setup(): WorkerSetup {
    return this.options.setup;
  }

  /** Waits until so many workers are ready. Throws FleetError when they are not in time. */
  async gather(count: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    this.wanted = count;
    if (this.roster.members.length < count) {
      await this.options.clock.sleep(timeoutMs, AbortSignal.any([signal, this.gathered.signal]));
    }
    const { length } = this.roster.members;
    if (length >= count || signal.aborted) return;
    const why = this.refusal === '' ? '' : `; last refusal: ${this.refusal}`;
    throw new FleetError(`workers: ${length} of ${count} ready within ${Math.round(timeoutMs / 1000)} s${why}`);
  }

  /** Begins the load: the listener hears of the workers, the state goes out several times a second. */
  begin(listener: Omit<RosterListener, 'refused'>, beat: () => void): void {
    const { clock, setup } = this.options;
    this.listener = listener;
    this.roster.startClock();
    for (const member of this.roster.members) listener.joined(member);
    this.stopBeat = clock.every(setup.timing.beatMs, () => {
      this.roster.checkLiveness(setup.timing.lostAfterMs);
      beat();
    });
  }

  send(state: Omit<State, 'kind' | 'run' | 'shards' | 'number'>): void {
    const { channel, run } = this.options;
    this.number += 1;
    // The next state says the same and more; a worker that hears none for too long stops by itself.
    channel.send({ kind: 'state', run, number: this.number, shards: this.shards, ...state }).catch(() => undefined);
  }

  /** Writes down what has changed. */
  changed(): void {
    this.options.onChange(this.log.record);
  }

  /** Sends the workers home. */
  async end(): Promise<void> {
    this.stopBeat?.();
    const { channel, run } = this.options;
    const over = { startAt: 0, phases: [], members: [], loseSteps: [], loseAll: null, isOver: true };
    await channel
      .send({ kind: 'state', run, number: this.number + 1, shards: this.shards, ...over })
      .catch(() => undefined);
  }

  private joined(member: Member): void {
    this.log.joined(member);
    this.listener?.joined(member);
    this.changed();
    if (this.roster.members.length >= this.wanted) this.gathered.abort();
  }

  private leaving(member: Member): void {
    this.log.event({ at: this.options.clock.now(), kind: 'leaving', worker: member.worker });
    this.listener?.leaving(member);
    this.changed();
  }

  private lost(member: Member, reason: string): void {
    this.listener?.lost(member, reason);
    if (member.refusal === undefined || this.roster.members.length > 0) return;
    this.options.onRefused?.(`${member.worker}: ${member.refusal}`);
  }

  private refused(worker: string, reason: string): void {
    this.refusal = `${worker}: ${reason}`;
    this.log.event({ at: this.options.clock.now(), kind: 'refused', worker, reason });
    this.changed();
  }
}
