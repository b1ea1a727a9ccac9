/** Jest's global teardown; `KEEP_TEST_FOLDERS=1` leaves what tests wrote for whoever looks into a failure. */
export default function tearDown() {
  if (process.env.KEEP_TEST_FOLDERS === undefined) globalThis.removeTestFolder();
  else process.stdout.write(`kept: ${process.env.TMPDIR}\n`);
}
