import type { ParameterType } from '@aws-sdk/client-ssm';
import type { Created, Properties, ResourceContext } from '../resource.ts';

/** AWS::SSM::Parameter */
export function parameter(properties: Properties, { world }: ResourceContext): Created {
  const { Name, Type, Value } = properties as { Name: string; Type: ParameterType; Value: string };
  world.ssm.putParameter({ Name, Type, Value });
  return { ref: Name, attributes: { Type, Value } };
}
