import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { parameterNames } from '../../config/resource-names.ts';
import { addGrants } from '../add-grants.ts';
import { arn } from '../stack-names.ts';
import { suppressFinding } from '../suppress-finding.ts';

/**
 * Role of Image Builder: AWS's own policy for it, and the one parameter that gets the image id. The service-linked
 * role may write below `/imagebuilder/` only.
 */
export function executionRole(scope: Construct, environment: string, service: string): Role {
  const role = new Role(scope, 'execution', {
    assumedBy: new ServicePrincipal('imagebuilder.amazonaws.com'),
  });
  const policy = 'EC2ImageBuilderExecutionPolicy';
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(policy));
  suppressFinding(
    role,
    `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'what Image Builder needs for its own work is AWS to say, and changes with it',
  );
  const { image } = parameterNames(environment, service);
  addGrants(role, [{ actions: ['ssm:PutParameter'], resources: [arn(scope, 'ssm', `parameter${image}`)] }]);
  return role;
}
