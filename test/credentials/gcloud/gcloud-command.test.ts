import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import { systemClock } from '../../../src/base/clock.js';
import { runGcloud, type GcloudRun } from '../../../src/credentials/gcloud/gcloud-command.js';
import { rejection } from '../../contract/secrets.js';
import { gcloudStandIn } from '../../fixtures/gcloud.js';
import { expectEnded } from '../../fixtures/processes.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const gcloud = gcloudStandIn();
const folder = temporaryFolder('gcloud');

function run(overrides: Partial<GcloudRun> = {}): GcloudRun {
  return { command: gcloud.command, clock: systemClock, timeoutMs: 60_000, signal: undefined, ...overrides };
}

describe('runGcloud', () => {
  it('runs it to its end without prompts, whatever its exit code', async () => {
    gcloud.configure({ getProject: { stderr: 'WARNING: old', exitCode: 1 }, project: 'my-project' });

    const outcome = await runGcloud(['config', 'get', 'project'], run());

    expect(outcome).toEqual({ exitCode: 1, stdout: 'my-project\n', stderr: 'WARNING: old' });
    expect(gcloud.runs.at(-1)).toMatchObject({ args: ['config', 'get', 'project'], promptsDisabled: true });
  });

  it('tells of a command that is not there, and how to come by it', async () => {
    const clock = manualClock();

    const error = await rejection(runGcloud([], run({ command: 'credence-no-such-gcloud', clock })));

    expect(error).toBeInstanceOf(RefreshError);
    expect(error).toMatchObject({ code: 'gcloud_not_found', retryable: false, cause: { fault: 'not_found' } });
    expect(error).toHaveProperty('nextAttemptAt', clock.now() + 60_000);
    expect((error as Error).message).toBe(
      'The command credence-no-such-gcloud was not found. Install the Google Cloud CLI (https://cloud.google.com/sdk/docs/install), or correct PATH.',
    );
  });

  it('tells of a command that cannot be started', async () => {
    writeFileSync(folder.file, '#!/bin/sh\n');
    chmodSync(folder.file, 0o600);

    const error = await rejection(runGcloud(['config'], run({ command: folder.file })));

    expect(error).toMatchObject({ code: 'gcloud_failed', retryable: false, cause: { system: 'EACCES' } });
    expect((error as Error).message).toMatch(/^`.* config` could not be started\. Is it executable\? .*\(EACCES\)\.$/);
  });

  it('tells of a command that is there, and whose interpreter is not', async () => {
    writeFileSync(folder.file, '#!/no/such/interpreter\n');
    chmodSync(folder.file, 0o700);

    const error = await rejection(runGcloud(['config'], run({ command: folder.file })));

    expect(error).toMatchObject({ code: 'gcloud_failed', retryable: false, cause: { fault: 'interpreter_not_found' } });
    expect((error as Error).message).toBe(
      `\`${folder.file} config\` could not be started. The file ${folder.file} is there, but not the interpreter that its first line names, or the loader that it needs. Correct that line, or install the Google Cloud CLI anew (https://cloud.google.com/sdk/docs/install).`,
    );
  });

  it('ends a command that is silent for too long', async () => {
    const clock = manualClock();
    gcloud.configure({ getProject: { delayMs: 60_000 } });
    const running = rejection(runGcloud(['config', 'get', 'project'], run({ clock, timeoutMs: 20_000 })));
    await expect.poll(() => gcloud.asked.length).toBe(1);

    await clock.advance(20_000);

    const error = await running;
    expect(error).toMatchObject({ code: 'gcloud_failed', retryable: true, cause: { fault: 'timed_out' } });
    expect((error as Error).message).toContain('took too long. The command did not end within 20 s.');
    await expectEnded(gcloud.runs.at(-1)!.pid);
  });

  it('F16 ends a command that prints without an end', async () => {
    gcloud.configure({ getProject: { stdout: 'x'.repeat(1_100_000) } });

    expect(await rejection(runGcloud(['config', 'get', 'project'], run()))).toMatchObject({
      code: 'gcloud_failed',
      retryable: false,
      message: expect.stringContaining('printed more than 1 MiB. Is it the Google Cloud CLI?'),
    });
  });

  it('F55 rejects with the reason of a signal', async () => {
    expect(await rejection(runGcloud([], run({ signal: AbortSignal.abort('gone') })))).toBe('gone');
  });
});
