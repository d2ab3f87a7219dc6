import { CfnInstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Service } from '../../config/service.ts';
import { addGrants, type Grant } from '../add-grants.ts';
import { readGrants } from '../service/instance-role.ts';
import { repositorySecrets } from '../service/secrets.ts';
import { arn } from '../stack-names.ts';

export interface BuilderRoleProps {
  environment: string;
  service: string;
  settings: Service;
  /** Encrypts the store bucket. */
  key: IKey;
}

/**
 * Permissions of a machine while an image is built on it: to read what instances of the service read, and to be
 * driven by Image Builder.
 */
export class BuilderRole extends Construct {
  readonly profile: CfnInstanceProfile;

  constructor(scope: Construct, id: string, props: BuilderRoleProps) {
    super(scope, id);
    const role = new Role(this, 'role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    this.profile = new CfnInstanceProfile(this, 'profile', { roles: [role.roleName] });
    addGrants(role, [
      ...readGrants(this, props.environment, props.service),
      { actions: ['kms:Decrypt'], resources: [props.key.keyArn] },
      ...repositorySecrets(this, [props.settings]),
      ...builderGrants(this, props),
    ]);
  }
}

/** Image Builder drives the machine through the SSM agent, which downloads the component and its runner. */
function builderGrants(scope: Construct, { environment, service }: BuilderRoleProps): Grant[] {
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'];
  return [
    {
      actions: ['ssm:UpdateInstanceInformation', ...channels.map((verb) => `ssmmessages:${verb}`)],
      resources: ['*'],
      because: 'these actions know no resources but the machine that asks, whose id nobody knows before',
    },
    {
      actions: ['imagebuilder:GetComponent'],
      resources: [arn(scope, 'imagebuilder', `component/holdfast-${environment}-${service}-*`)],
      because: 'each change of what is run makes a component under a new name',
    },
    {
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::ec2imagebuilder*'],
      because: "buckets of Image Builder's own, one a region, with its component runner",
    },
  ];
}
