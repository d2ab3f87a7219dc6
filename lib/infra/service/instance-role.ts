import { CfnInstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { logGroupName, parameterNames, storeKeys, tags } from '../../config/resource-names.ts';
import type { Service } from '../../config/service.ts';
import { addGrants, type Grant } from '../add-grants.ts';
import { arn, bucketArn, instanceRolePath } from '../stack-names.ts';
import { repositorySecrets } from './secrets.ts';
import { valueGrants } from './values.ts';

export interface InstanceRoleProps {
  environment: string;
  service: string;
  settings: Service;
  /** Encrypts the store bucket. */
  key: IKey;
}

/** Permissions of an instance: read its own service, add archives, report under its own id, end its own wait. */
export class InstanceRole extends Construct {
  readonly role: Role;
  readonly profile: CfnInstanceProfile;
  /** First part of the instances' `aws:userid`. */
  readonly roleId: string;

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const path = instanceRolePath(props.environment);
    this.role = new Role(this, 'role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), path });
    this.roleId = this.role.roleId;
    this.profile = new CfnInstanceProfile(this, 'profile', { path, roles: [this.role.roleName] });
    addGrants(this.role, instanceGrants(this, props));
  }
}

/** Permissions to read what turns a machine into one of a service. */
export function readGrants(scope: Construct, environment: string, service: string): Grant[] {
  const objects = (pattern: string) => bucketArn(scope, environment, pattern);
  return [
    {
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      resources: [arn(scope, 'ssm', `parameter/holdfast/${environment}/${service}/*`)],
      because: "the parameters of the instance's own service",
    },
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`overlays/${service}/*`, `archives/${service}/*`, 'agent/*', 'node/*'].map(objects),
      because: 'tarballs, agents and Nodes come and go without a stack update',
    },
    {
      actions: ['s3:ListBucket'],
      resources: [bucketArn(scope, environment)],
      conditions: { StringLike: { 's3:prefix': [`overlays/${service}/*`, `archives/${service}/*`] } },
      because: "names of its own service's tarballs alone",
    },
  ];
}

function instanceGrants(scope: Construct, props: InstanceRoleProps): Grant[] {
  const { environment, service, key } = props;
  const objects = (pattern: string) => bucketArn(scope, environment, pattern);
  return [
    ...readGrants(scope, environment, service),
    {
      actions: ['s3:PutObject'],
      resources: [objects(`${storeKeys.reports(service)}\${aws:userid}/*`)],
      because: 'reports of the instance itself: its id is not known before it runs',
    },
    {
      actions: ['s3:PutObject'],
      resources: [objects(storeKeys.archives(service))].map((prefix) => `${prefix}*`),
      // Only for new keys: a compromised instance cannot replace a good archive.
      conditions: { Null: { 's3:if-none-match': 'false' } },
      because: 'archives of commits that are not known yet; whoever reads one compares its hashes',
    },
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] },
    lifecycleGrant(scope, environment, service),
    logGrant(scope, environment, service),
    ...recordGrants(scope, props),
    ...repositorySecrets(scope, [props.settings]),
    ...valueGrants(scope, props.settings),
  ];
}

/** The record of a service whose instances record. No other instance may write one. */
function recordGrants(scope: Construct, { environment, service, settings }: InstanceRoleProps): Grant[] {
  if (settings.record !== 'instances') return [];
  const { deployed } = parameterNames(environment, service);
  return [{ actions: ['ssm:PutParameter'], resources: [arn(scope, 'ssm', `parameter${deployed}`)] }];
}

/** No policy variable can express "its own": `aws:userid` holds a colon, which stream names must not. */
function logGrant(scope: Construct, environment: string, service: string): Grant {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn(scope, 'logs', `log-group:${logGroupName(environment, service)}:log-stream:i-*`)],
    because: 'each instance has a stream, and its id is not known before it runs',
  };
}

function lifecycleGrant(scope: Construct, environment: string, service: string): Grant {
  return {
    actions: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
    resources: [
      arn(
        scope,
        'autoscaling',
        `autoScalingGroup:*:autoScalingGroupName/holdfast-${environment}-${service}-*`,
      ),
    ],
    // Another service's name may begin with this one's.
    conditions: {
      StringEquals: {
        [`aws:ResourceTag/${tags.environment}`]: environment,
        [`aws:ResourceTag/${tags.service}`]: service,
      },
    },
    because: 'each deployment makes a group of its own',
  };
}
