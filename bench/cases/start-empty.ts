/** A process that does nothing: milliseconds from its start to its first line. */
process.stdout.write(JSON.stringify(performance.now()));
