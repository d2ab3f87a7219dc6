import { arn } from '../../model/arns.ts';
import { parseSelector } from '../../model/ssm/parameter.ts';
import type { World } from '../../world.ts';
import { type Need, onEach } from '../required-permission.ts';

interface Named {
  Name?: string;
}

/** A right on the parameter itself: versions and labels have no ARN of their own. */
function onParameter(action: string) {
  return ({ Name = '' }: Named, world: World): Need[] => onEach(action, [parameterArn(Name, world)]);
}

/** Parameter Store. */
export const ssmNeeds = {
  GetParameter: onParameter('ssm:GetParameter'),
  GetParameterHistory: onParameter('ssm:GetParameterHistory'),
  PutParameter: onParameter('ssm:PutParameter'),
  LabelParameterVersion: onParameter('ssm:LabelParameterVersion'),
  DeleteParameter: onParameter('ssm:DeleteParameter'),
  GetParameters: ({ Names = [] }: { Names?: string[] }, world: World) => parametersRead(Names, world),
  GetParametersByPath: ({ Path = '' }: { Path?: string }, world: World) =>
    onEach('ssm:GetParametersByPath', [parameterArn(Path.replace(/\/$/, ''), world)]),
};

/** Of whoever reads several parameters, or has EC2 resolve one in an image id. */
export function parametersRead(names: readonly string[], world: World): Need[] {
  return onEach(
    'ssm:GetParameters',
    names.map((name) => parameterArn(name, world)),
  );
}

/** AWS's own parameters belong to no account. */
function parameterArn(text: string, { place }: World): string {
  const { name } = parseSelector(text);
  return arn.parameter(name.startsWith('/aws/') ? { ...place, account: '' } : place, name);
}
