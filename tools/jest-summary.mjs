/** Jest reporter: closes the run with the plain line that scripts and CI read. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const broken = results.testResults.filter((suite) => suite.testExecError && suite.numFailingTests === 0).length;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    this.line = `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed${tail}`;
    process.once('exit', () => process.stdout.write(`${this.line}\n`));
  }
}
