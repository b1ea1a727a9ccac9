import { readAnswer } from '@poligon/hrlink-api';
import { Agent, Pool } from 'undici';
import type { Clock } from './engine/clock.js';
import { Random } from './engine/random.js';
import { CallMeter } from './hrlink/call-meter.js';
import { HrlinkCaller } from './hrlink/hrlink-caller.js';
import { HrlinkCallError, OperationFailure } from './hrlink/hrlink.errors.js';
import { openHrSession } from './hrlink/hr-credentials.js';
import type { HrlinkSession } from './hrlink/hrlink-session.js';
import { HrlinkTransport } from './hrlink/hrlink-transport.js';
import type { RawAnswer } from './hrlink/hrlink-transport.js';
import { OtpInbox } from './hrlink/otp-inbox.js';
import type { ResolvedRun } from './resolve-run.js';
import type { RunOptions } from './run-options.js';
import { Tracing, type TraceSink } from './runtime/tracing.js';
import { EmbeddedTracing } from './tracing/embedded-tracing.js';
import { EmployeeDesk } from './scenarios/employee-desk.js';
import type { Workshop } from './scenarios/operation-runner.js';

const CALL_TIMEOUT_MS = 60_000;
const WARM_CONNECTIONS = 16;

/** Connections of a run: HRLink, the SMS inbox, the browsers; and the meter the calls are counted by. */
export class LoadSession {
  readonly tracing: Tracing;
  /** Puts the spans of all processes together; absent when nobody asked for it. */
  readonly traces: EmbeddedTracing | undefined;
  private hr: HrlinkSession | undefined;
  private clientId = '';
  private readonly refused = new AbortController();
  refusal: string | undefined;
  private readonly pool: Pool;
  private readonly smsPool: Pool;
  private readonly browsers = new Agent({ headersTimeout: CALL_TIMEOUT_MS, bodyTimeout: CALL_TIMEOUT_MS });

  constructor(
    private readonly options: RunOptions,
    private readonly run: ResolvedRun,
    private readonly clock: Clock,
  ) {
    const { connections, maxInFlight } = run.plan;
    const timeouts = { headersTimeout: CALL_TIMEOUT_MS, bodyTimeout: CALL_TIMEOUT_MS };
    this.pool = new Pool(new URL(options.hrlink).origin, { connections, ...timeouts });
    // Every operation may be waiting for a text message at once, each in its own long poll.
    this.smsPool = new Pool(new URL(options.smsAdmin).origin, { connections: maxInFlight, ...timeouts });
    const { traces = {}, otlpEndpoint } = options;
    const { listen } = traces;
    this.traces = listen ? new EmbeddedTracing({ ...traces, listen, forwardTo: otlpEndpoint, clock }) : undefined;
    this.tracing = tracingOf(options, run, this.traces, clock);
  }

  /** Finds out the tenant HR's token belongs to; the rest of the session needs it. Throws OperationFailure. */
  async open(meter: CallMeter, signal: AbortSignal): Promise<Workshop> {
    const { hrlinkProfile } = this.run;
    const transport = this.transport(meter);
    this.hr = await openHrSession(this.options.token, transport, this.clock, (reason) => this.refuse(reason));
    const answer = await this.introduce(transport, signal);
    const clientId = readAnswer(hrlinkProfile, 'currentUser', 'clientId', answer.json);
    if (typeof clientId !== 'string') throw new OperationFailure('currentUser without clientId');
    this.clientId = clientId;
    return this.workshop(meter);
  }

  /** Aborted when HRLink no longer takes HR's credentials; `refusal` says so in one line. */
  get ended(): AbortSignal {
    return this.refused.signal;
  }

  /** Ends the run: nothing can be had from it without valid credentials. */
  refuse(reason: string): void {
    this.refusal ??= reason;
    this.refused.abort();
  }

  private async introduce(transport: HrlinkTransport, signal: AbortSignal): Promise<RawAnswer> {
    try {
      return await transport.send('currentUser', { headers: this.hr?.headers(), signal });
    } catch (error) {
      if (!(error instanceof HrlinkCallError) || error.status !== 401) throw error;
      throw new OperationFailure("HRLink does not take HR's credentials", `${error.cause}: expired, revoked or wrong`);
    }
  }

  /** What scenarios share, with calls counted by `meter`. Only after `open`. */
  workshop(meter: CallMeter): Workshop {
    const { options, run, clock, clientId } = this;
    const { timing } = run.profile;
    if (!this.hr) throw new Error('the session is not open');
    const transport = this.transport(meter);
    return {
      seed: run.seed,
      clock,
      timing,
      settings: run.profile.data,
      hr: new HrlinkCaller(transport, this.hr, clientId),
      desk: new EmployeeDesk(transport, clientId),
      inbox: new OtpInbox({
        dispatcher: this.smsPool,
        url: options.smsAdmin,
        token: options.adminToken,
        clock,
        timeoutMs: timing.otpTimeout,
        clockSkewMs: timing.clockSkew,
      }),
      tracing: this.tracing,
      browserDispatcher: this.browsers,
    };
  }

  /** Opens connections ahead of the load: a handshake must not count as latency of the first operations. */
  async warmUp(workshop: Workshop, signal: AbortSignal): Promise<void> {
    const hr = workshop.hr.within({ signal });
    const count = Math.min(WARM_CONNECTIONS, this.run.plan.connections);
    await Promise.all(Array.from({ length: count }, () => hr.call('currentUser')));
  }

  private transport(meter: CallMeter): HrlinkTransport {
    const { options, run, clock } = this;
    return new HrlinkTransport({
      dispatcher: this.pool,
      url: options.hrlink,
      profile: run.hrlinkProfile,
      meter,
      clock,
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.destroy(), this.smsPool.destroy(), this.browsers.destroy()]);
    await this.tracing.shutdown();
  }
}

/** The generator's own tracer; which operations it records depends on the seed alone. */
function tracingOf(
  { traces, otlpEndpoint }: RunOptions,
  { seed }: ResolvedRun,
  sink: TraceSink | undefined,
  clock: Clock,
) {
  const random = new Random(`${seed}|traces`);
  return new Tracing({
    otlpEndpoint,
    otlpProtocol: traces?.protocol,
    receiver: traces?.receiver,
    sink,
    share: traces?.share,
    draw: () => random.next(),
    now: () => clock.now(),
  });
}
