import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { gcloudProject } from '../../src/credentials/gcloud-project.js';
import { rejection } from '../contract/secrets.js';
import { gcloudStandIn } from '../fixtures/gcloud.js';

const gcloud = gcloudStandIn();
const { command } = gcloud;

describe('gcloudProject', () => {
  it('is what gcloud is set to, whatever gcloud warns of', async () => {
    gcloud.configure({ project: 'my-project', getProject: { stderr: 'Your active configuration is: [work]\n' } });

    expect(await gcloudProject({ command })).toBe('my-project');
    expect(gcloud.asked).toEqual(['config get project']);
  });

  it('is none where none is set', async () => {
    gcloud.configure({ getProject: { stderr: '(unset)\n' } });

    expect(await gcloudProject({ command })).toBeUndefined();
  });

  it('is none where gcloud fails, or is not there', async () => {
    gcloud.configure({ project: 'my-project', getProject: { exitCode: 1 } });

    expect(await gcloudProject({ command })).toBeUndefined();
    expect(await gcloudProject({ command: 'credence-no-such-gcloud' })).toBeUndefined();
  });

  it('is none where gcloud takes more than 10 s', async () => {
    const clock = manualClock();
    gcloud.configure({ project: 'my-project', getProject: { delayMs: 60_000 } });
    const asking = gcloudProject({ command, clock });
    await expect.poll(() => gcloud.asked.length, { timeout: 10_000 }).toBe(1);

    await clock.advance(10_000);

    expect(await asking).toBeUndefined();
  });

  it('F55 hears a caller’s abort', async () => {
    expect(await rejection(gcloudProject({ command, signal: AbortSignal.abort('gone') }))).toBe('gone');
    expect(gcloud.asked).toEqual([]);
  });
});
