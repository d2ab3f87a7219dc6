import { arn } from '../../model/arns.ts';
import { parseSelector } from '../../model/ssm/parameter.ts';
import type { Account } from '../account.ts';
import { onEach, type RequiredPermission } from '../required-permission.ts';

interface Named {
  Name?: string;
}

/** A right on the parameter itself: versions and labels have no ARN of their own. */
function onParameter(action: string) {
  return ({ Name = '' }: Named, account: Account): RequiredPermission[] =>
    onEach(action, [parameterArn(Name, account)]);
}

/** Parameter Store. */
export const ssmPermissions = {
  GetParameter: onParameter('ssm:GetParameter'),
  GetParameterHistory: onParameter('ssm:GetParameterHistory'),
  PutParameter: onParameter('ssm:PutParameter'),
  LabelParameterVersion: onParameter('ssm:LabelParameterVersion'),
  DeleteParameter: onParameter('ssm:DeleteParameter'),
  GetParameters: ({ Names = [] }: { Names?: string[] }, account: Account) => parametersRead(Names, account),
  GetParametersByPath: ({ Path = '' }: { Path?: string }, account: Account) =>
    onEach('ssm:GetParametersByPath', [parameterArn(Path.replace(/\/$/, ''), account)]),
};

/** Rights to read several parameters, or one that EC2 resolves in an image id. */
export function parametersRead(names: readonly string[], account: Account): RequiredPermission[] {
  return onEach(
    'ssm:GetParameters',
    names.map((name) => parameterArn(name, account)),
  );
}

/** AWS's own parameters belong to no account. */
function parameterArn(text: string, { place }: Account): string {
  const { name } = parseSelector(text);
  return arn.parameter(name.startsWith('/aws/') ? { ...place, account: '' } : place, name);
}
