import { Registry, type OpenMetricsContentType } from 'prom-client';

/** Whether a scraper prefers OpenMetrics, as Prometheus does since 2.5. */
export function isOpenMetricsWanted(accept = ''): boolean {
  return accept.includes('application/openmetrics-text');
}

/** What the library reads of a metric when it prints it. */
interface Printed {
  readonly name: string;
  readonly type: string;
}

/**
 * The metrics of a registry in the OpenMetrics format, the only one that has exemplars. The registry itself stays as it is: the library
 * renames counters in place when it prints that format.
 */
export function openMetricsOf(registry: Registry): Registry<OpenMetricsContentType> {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const metric of registry.getMetricsAsArray()) {
    const get = async (): Promise<Printed> => {
      const read = await (metric as unknown as { get(): Promise<Printed> }).get();
      return read.type === 'counter' ? { ...read, name: read.name.replace(/_total$/, '') } : read;
    };
    open.registerMetric({ name: metric.name, get, reset: () => undefined } as never);
  }
  return open;
}
