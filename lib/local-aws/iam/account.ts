import type { AwsAccount } from '../model/arns.ts';
import type { AutoScaling } from '../model/auto-scaling/auto-scaling.ts';
import type { CloudFormation } from '../model/cloudformation/cloudformation.ts';
import type { Ec2 } from '../model/ec2/ec2.ts';
import type { Elb } from '../model/elb/elb.ts';
import type { S3 } from '../model/s3/s3.ts';
import type { SecretsManager } from '../model/secrets/secrets.ts';
import type { Role } from './role.ts';

/** Resources of an account: the rights that a call needs depend on their tags and versions. */
export interface Account {
  place: AwsAccount;
  cloudFormation: CloudFormation;
  s3: S3;
  secrets: SecretsManager;
  ec2: Ec2;
  elb: Elb;
  autoScaling: AutoScaling;
  iam: {
    /** By name or ARN. */
    role(id: string): Role | undefined;
    /** ARNs. */
    serviceLinkedRoles: ReadonlySet<string>;
  };
}
