import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMPONENTS } from '../stand/src/components.js';
import { ROOT } from './stand-process.js';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}
const compose = parse(readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const own = services.filter(([, { image }]) => image.includes('poligon'));
/** The folder of a service: a host name may not begin with a digit everywhere. */
const folderOf = (name: string) => name.replace(/^onec-/, '1c-');

describe('deploy/compose.yaml', () => {
  it.each(COMPONENTS)('runs $name with its doors open to the other containers', ({ name, prefix, port, adminPort }) => {
    const [, service] = services.find(([key]) => folderOf(key) === name)!;
    expect(service.command).toEqual([`dist/services/${name}/src/main.js`]);
    expect(service.environment).toMatchObject({ [`${prefix}_HOST`]: '0.0.0.0', [`${prefix}_ADMIN_HOST`]: '0.0.0.0' });
    expect(service.environment).toHaveProperty('ADMIN_TOKEN');
    expect(service.ports).toEqual(
      expect.arrayContaining([`127.0.0.1:${port}:${port}`, `127.0.0.1:${adminPort}:${adminPort}`]),
    );
  });

  it('sets only variables that a service reads', () => {
    const common = ['ADMIN_TOKEN', 'SEED', 'LOG_LEVEL', 'DATABASE_URL', 'DB_MIGRATE_AT_START', 'KAFKA_BROKERS'];
    const unknown = COMPONENTS.flatMap(({ name, prefix }) => {
      const config = readFileSync(join(ROOT, 'services', name, 'src/config.ts'), 'utf8');
      const known = [...common, `${prefix}_HOST`, `${prefix}_ADMIN_HOST`, 'OTEL_EXPORTER_OTLP_ENDPOINT'];
      const [, { environment = {} }] = services.find(([key]) => folderOf(key) === name)!;
      return Object.keys(environment).filter((key) => !known.includes(key) && !config.includes(`'${key}'`));
    });
    expect(unknown).toEqual([]);
  });

  it('mounts only what is there', () => {
    const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!));
    const missing = sources.filter((source) =>
      source.startsWith('.') ? !existsSync(join(ROOT, 'deploy', source)) : !(source in compose.volumes),
    );
    expect(missing).toEqual([]);
  });

  it('opens every port to this machine only, and pins every image', () => {
    expect(services.flatMap(([, { ports = [] }]) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual(
      [],
    );
    expect(services.map(([, { image }]) => image).filter((image) => !/:[^:]*\d[^:]*$/.test(image))).toEqual([]);
  });

  it('runs the own containers without capabilities and without a writable root', () => {
    for (const [, { read_only: isReadOnly, cap_drop: dropped }] of own)
      expect([isReadOnly, dropped]).toEqual([true, ['ALL']]);
  });

  it('waits only for services that are there and have a health check', () => {
    const awaited = services.flatMap(([, { depends_on: before = {} }]) => Object.keys(before));
    expect(awaited.filter((name) => !(name in compose.services))).toEqual([]);
    const judged = awaited.filter((name) => !own.some(([key]) => key === name));
    expect(judged.filter((name) => compose.services[name]!.healthcheck === undefined)).toEqual([]);
  });

  it('is where Prometheus looks', () => {
    const folder = join(ROOT, 'deploy/monitoring/prometheus/targets-compose');
    const hosts = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/'([\w-]+):\d+'/g)].map((match) => match[1]!),
    );
    expect(hosts.length).toBeGreaterThan(5);
    expect(hosts.filter((host) => !(host in compose.services))).toEqual([]);
  });
});
