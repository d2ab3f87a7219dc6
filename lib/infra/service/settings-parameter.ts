import { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { parameterNames } from '../../config/resource-names.ts';
import { type Settings, writtenSettings } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { parameterBytes } from '../../release/record.ts';

/** Estimated length of a value that is known only at deployment; the longest is the ARN of a rule. */
const tokenBytes = 200;

/** The settings of a service in Parameter Store. */
export class SettingsParameter extends Construct {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { environment, service } = settings;
    const value = Stack.of(this).toJsonString(writtenSettings(settings));
    checkSize(this, settings, estimateBytes(this, value));
    new CfnParameter(this, 'parameter', {
      name: parameterNames(environment, service).settings,
      description: `Holdfast: what the agent and the workflow need to know of ${service}`,
      type: 'String',
      value,
    });
  }
}

/** Bytes of a value with tokens, each token at its longest. */
export function estimateBytes(scope: Construct, value: string): number {
  const resolved: unknown = Stack.of(scope).resolve(value);
  const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [resolved];
  return parts.reduce<number>(
    (sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : tokenBytes),
    0,
  );
}

/** Names the largest keys, because the reader has to shorten one. */
function checkSize(scope: Construct, settings: Settings, bytes: number): void {
  if (bytes <= parameterBytes) return;
  const largest = Object.entries(settings)
    .map(([key, value]) => ({ key, bytes: estimateBytes(scope, Stack.of(scope).toJsonString(value)) }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 4);
  const room = largest.map((each) => `${each.key} ${each.bytes}`).join(', ');
  throw new HoldfastError(
    'InvalidInput',
    `services.${settings.service}: its settings would have up to ${bytes} bytes, a parameter holds at most ${parameterBytes}; most room takes ${room}; shorten those, or move what they say into the configuration repository`,
  );
}
