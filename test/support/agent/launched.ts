import type { LaunchedInstance } from '../../../lib/local-aws/model/hosts.ts';

/** An instance as the model launches it, for a metadata service. */
export function launched(more: Partial<LaunchedInstance> = {}): LaunchedInstance {
  return {
    id: 'i-1',
    group: 'fleet',
    userData: '',
    roleId: 'AROATEST',
    tags: {},
    launchTemplate: { id: 'lt-1', version: 1 },
    instanceType: 't4g.small',
    imageId: 'ami-1',
    ...more,
  };
}
