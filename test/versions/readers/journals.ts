import { formatJournal, type Journal, parseJournal } from '../../../lib/rollout/journal.ts';
import { type Readers, readersOf } from './readers.ts';

/** What each journal says, besides what its name says. */
const journals: Record<string, string> = {
  'closed-deployment-settle-close-worker.json': 'worker d-1 of ada, deployed 1',
  'closed-deployment-settle-close.json': 'web d-1 of ada, deployed 1',
  'closed-settle-settle-close.json': 'web d-4 of unknown, deployed 2',
  'open-deployment-rollout-boot-candidate.json':
    'web d-2 of ci, deployed 1, /holdfast/prod/web/green:1 with settings 1, the new cart',
  'open-deployment-rollout-prepare-candidate.json':
    'web d-2 of ci, deployed 1, /holdfast/prod/web/green:1 with settings 1, the new cart',
  'open-deployment-rollout-prepare-first-worker.json': 'worker d-1 of ada',
  'open-deployment-rollout-prepare-first.json': 'web d-1 of ada',
  'open-deployment-rollout-prepare.json': 'web d-2 of ci, deployed 1, the new cart',
  'open-deployment-rollout-record-candidate-commit.json':
    'web d-2 of ci, deployed 1, /holdfast/prod/web/green:1 with settings 1, commit of d-2, the new cart',
  'open-deployment-rollout-record-candidate-published-worker.json':
    'worker d-1 of ada, deployed 1, /holdfast/prod/worker/blue:1 with settings 1, commit of d-1 published as 1',
  'open-deployment-rollout-record-candidate-published.json':
    'web d-1 of ada, deployed 1, /holdfast/prod/web/blue:1 with settings 1, commit of d-1 published as 1',
  'open-deployment-rollout-register-candidate.json':
    'web d-2 of ci, deployed 1, /holdfast/prod/web/green:1 with settings 1, the new cart',
  'open-deployment-rollout-shift-candidate.json':
    'web d-2 of ci, deployed 1, /holdfast/prod/web/green:1 with settings 1, the new cart',
  'open-deployment-settle-drain-candidate-published-settling.json':
    'web d-1 of ada, deployed 1, /holdfast/prod/web/blue:1 with settings 1, commit of d-1 published as 1',
  'open-deployment-settle-drain-candidate-settling.json':
    'web d-3 of unknown, deployed 2, /holdfast/prod/web/blue:2 with settings 1',
  'open-deployment-settle-restore-candidate-published-settling.json':
    'web d-1 of ada, deployed 1, /holdfast/prod/web/blue:1 with settings 1, commit of d-1 published as 1',
  'open-deployment-settle-restore-candidate-settling.json':
    'web d-3 of unknown, deployed 2, /holdfast/prod/web/blue:2 with settings 1',
  'open-deployment-settle-terminate-candidate-published-settling.json':
    'web d-1 of ada, deployed 1, /holdfast/prod/web/blue:1 with settings 1, commit of d-1 published as 1',
  'open-deployment-settle-terminate-candidate-settling.json':
    'web d-3 of unknown, deployed 2, /holdfast/prod/web/blue:2 with settings 1',
  'open-settle-settle-drain-candidate-published-taken-settling.json':
    'web d-5 of unknown, deployed 3, /holdfast/prod/web/blue:4 with settings 1, commit of d-5 published as 3',
  'open-settle-settle-drain-candidate-taken-settling.json':
    'web d-4 of unknown, deployed 2, /holdfast/prod/web/blue:3 with settings 1',
  'open-settle-settle-restore-candidate-published-taken-settling.json':
    'web d-5 of unknown, deployed 3, /holdfast/prod/web/blue:4 with settings 1, commit of d-5 published as 3',
  'open-settle-settle-restore-candidate-taken-settling.json':
    'web d-4 of unknown, deployed 2, /holdfast/prod/web/blue:3 with settings 1',
  'open-settle-settle-take-over-candidate-published-taken.json':
    'web d-5 of unknown, deployed 3, /holdfast/prod/web/blue:4 with settings 1, commit of d-5 published as 3',
  'open-settle-settle-take-over-candidate-taken.json':
    'web d-4 of unknown, deployed 2, /holdfast/prod/web/blue:3 with settings 1',
  'open-settle-settle-terminate-candidate-published-taken-settling.json':
    'web d-5 of unknown, deployed 3, /holdfast/prod/web/blue:4 with settings 1, commit of d-5 published as 3',
  'open-settle-settle-terminate-candidate-taken-settling.json':
    'web d-4 of unknown, deployed 2, /holdfast/prod/web/blue:3 with settings 1',
};

export const journalReaders: Readers = readersOf('store/journals', journals, (text, expected, path) => {
  const journal = parseJournal(text, path);
  expect(describe(journal)).toBe(expected);
  expect(path).toContain(`/${nameOf(journal)}`);
  expect(formatJournal(journal, path)).toBe(text);
});

function describe({ service, deployment, by, deployed, candidate, commit, reason }: Journal): string {
  const published = commit?.published ? ` published as ${commit.published}` : '';
  const parts = [
    `${service} ${deployment} of ${by}`,
    deployed && `deployed ${deployed}`,
    candidate && `${candidate.record} with settings ${candidate.settings}`,
    commit && `commit of ${commit.record.deployment}${published}`,
    reason,
  ];
  return parts.filter(Boolean).join(', ');
}

function nameOf({ state, kind, phase, step, candidate, commit, taken, settling, deployed }: Journal): string {
  const more = [
    candidate && 'candidate',
    commit && (commit.published ? 'published' : 'commit'),
    taken && 'taken',
    settling && 'settling',
    !deployed && 'first',
  ];
  return [state, kind, phase, step, ...more].filter(Boolean).join('-');
}
