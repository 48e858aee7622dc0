/** A vitest reporter: prints the closing line that any CI can read, last of all. */
export default class ClosingLine {
  onTestRunEnd(modules) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in count) count[state] += 1;
      }
      if (module.errors().length > 0) count.failed += 1;
    }
    process.on('exit', () => {
      process.stdout.write(`tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
    });
  }
}
