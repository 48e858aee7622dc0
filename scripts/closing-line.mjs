/** A vitest reporter: prints why tests were skipped, and the closing line that any CI can read, last of all. */
export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const skipped = [];
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state in count) count[state] += 1;
        if (state === 'skipped') skipped.push(`skipped: ${test.fullName}: ${note ?? 'no reason is given'}\n`);
      }
      // A file or a suite can fail outside its tests: while it loads, or in a hook.
      for (const suite of [module, ...module.children.allSuites()]) count.failed += suite.errors().length;
    }
    process.on('exit', (code) => {
      // What fails beside all tests, such as a threshold, must not read as success.
      if (code !== 0) count.failed ||= 1;
      process.stdout.write(skipped.join(''));
      process.stdout.write(`tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
    });
  }
}
