import { formatRecord } from '../../../lib/release/record.ts';
import type { FakeAws } from './fake-aws.ts';
import { candidate, journalOf, keep, names, recordOf, runningDeployment, settingsOf } from './service.ts';

/** The candidate was recorded, the old fleet is to be ended. */
export function afterRecord(settings = settingsOf()): FakeAws {
  const aws = runningDeployment(settings);
  const record = recordOf({ colour: 'green', fleet: candidate, deployment: 'd-2' });
  aws.parameters.set(names.deployed, formatRecord(record, 'deployed'));
  keep(aws, journalOf({ phase: 'settle', deployed: 2, commit: { record, published: 2 } }));
  const weights = [
    { targetGroup: 'tg/green/1', weight: 100 },
    { targetGroup: 'tg/blue/1', weight: 0 },
  ];
  aws.rules.set('rule', { forward: weights, sticky: true });
  aws.rules.set('test', { forward: [{ targetGroup: 'tg/green/1', weight: 100 }], sticky: false });
  return aws;
}
