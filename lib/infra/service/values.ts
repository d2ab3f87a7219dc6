import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Service } from '../../config/service.ts';
import type { Value } from '../../config/values.ts';
import type { Grant } from '../add-grants.ts';
import { arn } from '../stack-names.ts';
import { secretArn } from './secrets.ts';

/** Permissions to read exactly the parameters and secrets in the service's environment; none if it has none. */
export function valueGrants(scope: Construct, { values = {} }: Service): Grant[] {
  const all = Object.values(values);
  return [...parameterGrants(scope, all), ...secretGrants(scope, all), ...keyGrants(scope, all)];
}

function parameterGrants(scope: Construct, values: readonly Value[]): Grant[] {
  const names = values.flatMap((value) => ('parameter' in value ? [value.parameter] : []));
  const resources = unique(names).map((name) => arn(scope, 'ssm', `parameter${name}`));
  return resources.length > 0 ? [{ actions: ['ssm:GetParameter'], resources }] : [];
}

function secretGrants(scope: Construct, values: readonly Value[]): Grant[] {
  const names = values.flatMap((value) => ('secret' in value ? [value.secret] : []));
  const resources = unique(names).map((name) => secretArn(scope, name));
  if (resources.length === 0) return [];
  const because = 'Secrets Manager ends the ARN of a secret with six characters of its own';
  return [{ actions: ['secretsmanager:GetSecretValue'], resources, because }];
}

/** AWS managed keys let every reader of the value decrypt it; customer managed keys do not. */
function keyGrants(scope: Construct, values: readonly Value[]): Grant[] {
  const { region } = Stack.of(scope);
  return (['ssm', 'secretsmanager'] as const).flatMap((service) => {
    const kind = service === 'ssm' ? 'parameter' : 'secret';
    const keys = values.flatMap((value) =>
      kind in value && 'encryptionKey' in value && value.encryptionKey ? [value.encryptionKey] : [],
    );
    if (keys.length === 0) return [];
    const conditions = { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } };
    return [{ actions: ['kms:Decrypt'], resources: unique(keys), conditions }];
  });
}

const unique = (names: readonly string[]) => [...new Set(names)];
