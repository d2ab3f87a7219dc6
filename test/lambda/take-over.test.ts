import { takeOver } from '../../lambda/take-over.ts';
import {
  event,
  journal,
  journalOf,
  keep,
  liveService,
  rollout,
  runningDeployment,
} from '../support/fleet/service.ts';

const settle = 'arn:aws:states:eu-west-1:123456789012:execution:settle:settle-web-1';
const start = (execution = settle) => ({
  execution,
  deployment: 'settle-web-1',
  startedAt: '2026-11-22T10:00:00.000Z',
  input: { service: 'web', reason: 'the deployment ended without settling' },
});

describe('take-over', () => {
  test('takes a stale journal over with all it says, and waits for late writers', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'ABORTED');
    expect(await takeOver(start(), aws)).toMatchObject({ outcome: 'wait' });
    expect(await journal(aws)).toEqual({
      ...journalOf(),
      execution: settle,
      taken: rollout,
      kind: 'settle',
      phase: 'settle',
      step: 'take-over',
      since: '2026-11-22T10:00:00.000Z',
    });
    expect(await takeOver(start(), aws)).toMatchObject({ outcome: 'wait' });
  });

  test('lets one of two win', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'FAILED');
    const other = settle.replace('web-1', 'web-2');
    aws.status.set(other, 'RUNNING');
    aws.status.set(settle, 'RUNNING');
    const answers = await Promise.all([takeOver(start(), aws), takeOver(start(other), aws)]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['nothing', 'wait']);
  });

  test('leaves a journal alone whose execution runs', async () => {
    const aws = runningDeployment();
    aws.status.set(rollout, 'RUNNING');
    expect(await takeOver(start(), aws)).toMatchObject({ outcome: 'nothing' });
    expect((await journal(aws))?.execution).toBe(rollout);
  });

  test('takes a closed journal to bring sizes back, at once', async () => {
    const aws = liveService();
    keep(aws, journalOf({ state: 'closed', candidate: undefined }));
    expect(await takeOver(start(), aws)).toMatchObject({ outcome: 'ready' });
    expect(await journal(aws)).toMatchObject({ state: 'open', kind: 'settle', phase: 'settle', deployed: 1 });
  });

  test('has nothing to do in a redriven execution that settled already', async () => {
    const aws = liveService();
    keep(aws, journalOf({ state: 'closed', execution: settle, candidate: undefined }));
    expect(await takeOver(start(), aws)).toMatchObject({ outcome: 'nothing' });
  });

  test('refuses an input that it does not know', async () => {
    const aws = liveService();
    await expect(takeOver({ ...start(), input: { service: 'web' } }, aws)).rejects.toMatchObject({
      name: 'InvalidInput',
    });
    expect(event.service).toBe('web');
  });
});
