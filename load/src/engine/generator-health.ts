import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** What the generator process used since the previous reading. */
export interface HealthReading {
  /** Per cent of one core, user and system together. */
  cpuPercent: number;
  /** Share of time the event loop was busy, 0…1. */
  eventLoopUtilisation: number;
  rssMb: number;
}

/** Reads the process's own CPU time and event-loop utilisation (spec 4.7 item 5). */
export interface HealthProbe {
  read(): HealthReading;
}

/** Probe of this very process. Each instance measures between its own readings. */
export class ProcessHealthProbe implements HealthProbe {
  private cpu = usedCpu();
  private loop = performance.eventLoopUtilization();
  private readAt = performance.now();

  read(): HealthReading {
    const cpu = usedCpu();
    const loop = performance.eventLoopUtilization();
    const now = performance.now();
    const usedMs = (cpu.user + cpu.system - this.cpu.user - this.cpu.system) / 1000;
    const wallMs = Math.max(now - this.readAt, 1);
    const { utilization } = performance.eventLoopUtilization(loop, this.loop);
    this.cpu = cpu;
    this.loop = loop;
    this.readAt = now;
    return {
      cpuPercent: (usedMs / wallMs) * 100,
      eventLoopUtilisation: Number.isFinite(utilization) ? utilization : 0,
      rssMb: process.memoryUsage.rss() / 1_048_576,
    };
  }
}

/** A worker thread answers for itself: its neighbours have probes of their own. */
function usedCpu(): NodeJS.CpuUsage {
  return isMainThread ? process.cpuUsage() : process.threadCpuUsage();
}
