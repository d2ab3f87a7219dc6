import type { Grant } from '../../add-grants.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun =
  | 'readTemplates'
  | 'resolveImages'
  | 'pinTemplates'
  | 'unpinTemplates'
  | 'findInstances'
  | 'readConsoles';

/** Launch templates, and the instances that were launched from them. */
export function templateGrants(realm: GrantScope, imageParameters: readonly string[]): Grants<Noun> {
  const onTemplates = (verb: string): Grant => ({
    actions: [`ec2:${verb}`],
    resources: [realm.arn('ec2', 'launch-template/*')],
    conditions: realm.tagged,
    because: because.allServices,
  });
  const read = (verb: string): Grant => ({
    actions: [`ec2:${verb}`],
    resources: ['*'],
    because: because.noNames,
  });
  return {
    readTemplates: [read('DescribeLaunchTemplateVersions')],
    resolveImages: imageGrants(realm, imageParameters),
    pinTemplates: [onTemplates('CreateLaunchTemplateVersion')],
    unpinTemplates: [onTemplates('DeleteLaunchTemplateVersions')],
    findInstances: [read('DescribeInstances')],
    readConsoles: [{ ...onTemplates('GetConsoleOutput'), resources: [realm.arn('ec2', 'instance/*')] }],
  };
}

/** EC2 resolves the image parameter of a template with the caller's permissions. */
function imageGrants(realm: GrantScope, names: readonly string[]): Grant[] {
  if (names.length === 0) return [];
  return [{ actions: ['ssm:GetParameters'], resources: names.map((name) => parameterArn(realm, name)) }];
}

/** Public parameters of AWS have no account in their ARN. */
function parameterArn(realm: GrantScope, name: string): string {
  const found = realm.arn('ssm', `parameter${name}`);
  return name.startsWith('/aws/') ? found.replace(/:[^:]*:parameter/, '::parameter') : found;
}
