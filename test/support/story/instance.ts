import { parameterNames, tags } from '../../../lib/config/resource-names.ts';
import type { LaunchedInstance } from '../../../lib/local-aws/model/hosts.ts';
import type { DeployedRecord } from '../../../lib/release/record.ts';
import { settingsOf } from '../fleet/service.ts';

export const settings = settingsOf();
export const commit = '1'.repeat(40);
const names = parameterNames(settings.environment, settings.service);
export const settingsName = `${names.settings}:2`;
export const recordName = `${names.blue}:5`;

export const record: DeployedRecord = {
  schema: 1,
  release: { site: { branch: 'main', commit } },
  colour: 'blue',
  verified: true,
  deployment: 'd-1',
  by: 'ci',
  at: '2026-01-01T00:00:00Z',
};

/** An instance as the model launches it. */
export const launched: LaunchedInstance = {
  id: 'i-1',
  group: 'fleet',
  userData: '',
  roleId: settings.roleId,
  tags: {
    [tags.record]: recordName,
    [tags.settings]: settingsName,
    [tags.deployment]: 'd-1',
    [tags.colour]: 'blue',
  },
  launchTemplate: { id: 'lt-1', version: 1 },
  instanceType: 't4g.small',
  imageId: 'ami-1',
};
