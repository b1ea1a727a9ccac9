import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../config.js';
import type { SmppSession } from './smpp-session.js';
import { SmppSessions } from './smpp-sessions.js';

/** How often all sessions are looked at: one timer serves ten thousand of them. */
const SWEEP_MS = 1000;

/** Inactivity: enquires of silent links, ends dead ones, gives up on responses that never come (section 2.11). */
@Injectable()
export class SmppWatch implements OnApplicationBootstrap {
  private readonly sweepMs: number;

  constructor(
    private readonly sessions: SmppSessions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {
    const shortest = Math.min(
      ...[config.smppEnquireMs, config.smppInactivityMs, config.smppResponseMs].filter((ms) => ms > 0),
    );
    this.sweepMs = Math.max(10, Math.min(SWEEP_MS, shortest / 4));
  }

  onApplicationBootstrap(): void {
    this.clock.after(this.sweepMs, () => {
      const nowMs = this.clock.monotonicMs();
      for (const session of this.sessions.open) this.look(session, nowMs);
      this.onApplicationBootstrap();
    });
  }

  private look(session: SmppSession, nowMs: number): void {
    const silentMs = nowMs - session.lastReceivedMs;
    const { smppEnquireMs } = this.config;
    if (this.isDead(session, silentMs, nowMs)) {
      session.socket.destroy();
      return;
    }
    const isDue = smppEnquireMs > 0 && silentMs >= smppEnquireMs && nowMs - session.lastEnquiredMs >= smppEnquireMs;
    if (isDue && session.mode !== undefined) {
      session.lastEnquiredMs = nowMs;
      session.request({ command: 'enquire_link' }, () => undefined);
    }
    this.giveUp(session, nowMs);
  }

  /** A bound ESME is dead only when it left an enquiry unanswered: the silence may have been this process's own pause. */
  private isDead({ mode, lastReceivedMs, lastEnquiredMs }: SmppSession, silentMs: number, nowMs: number): boolean {
    const { smppEnquireMs, smppInactivityMs } = this.config;
    if (smppInactivityMs === 0 || silentMs < smppInactivityMs) return false;
    if (mode === undefined || smppEnquireMs === 0) return true;
    return lastEnquiredMs > lastReceivedMs && nowMs - lastEnquiredMs >= Math.min(smppEnquireMs, smppInactivityMs) / 2;
  }

  private giveUp({ awaited }: SmppSession, nowMs: number): void {
    for (const request of awaited.takeSentBy(nowMs - this.config.smppResponseMs)) request.settle(undefined);
  }
}
