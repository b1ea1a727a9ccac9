/** PostgreSQL server on which benches may make databases of their own; undefined when none was named. */
export function serverUrl(): string | undefined {
  const given = process.env['TEST_DATABASE_URL'];
  return given === '' ? undefined : given;
}
