import type { LaunchedInstance } from '../../../lib/local-aws/model/hosts.ts';

/** An instance as the model would launch it. */
export function launched(id: string, userData: string, tags: Record<string, string> = {}): LaunchedInstance {
  return {
    id,
    group: 'group',
    userData: Buffer.from(userData).toString('base64'),
    roleId: 'AROAEXAMPLE',
    credentials: {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: `AROAEXAMPLE:${id}`,
    },
    tags,
    launchTemplate: { id: 'lt-1', version: 3 },
    instanceType: 't4g.small',
    imageId: 'ami-0123456789abcdef0',
  };
}
