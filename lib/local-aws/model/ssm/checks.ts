import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import { AwsError } from '../error.ts';

/** Bytes of a standard parameter. */
const mostBytes = 4096;

/** Refuses what Parameter Store would not store. */
export function checkPut(input: PutParameterRequest): { name: string; value: string } {
  const name = input.Name ?? '';
  const value = input.Value ?? '';
  const problem = nameProblem(name) ?? valueProblem(value) ?? tagsProblem(input);
  if (problem) throw new AwsError('ValidationException', problem);
  return { name, value };
}

function nameProblem(name: string): string | undefined {
  if (!/^[A-Za-z0-9_.\-/]{1,1011}$/.test(name)) return `Parameter name: ${name} is not valid`;
  if (/^\/?(aws|ssm)/i.test(name))
    return 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).';
  if (name.includes('/') && !name.startsWith('/')) return 'Parameter name must be a fully qualified name.';
  if (name.split('/').length > 16) return 'Parameter name must have at most fifteen levels.';
  return undefined;
}

function valueProblem(value: string): string | undefined {
  if (value === '')
    return "Value '' at 'value' failed to satisfy constraint: Member must have length at least 1";
  if (Buffer.byteLength(value) <= mostBytes) return undefined;
  return `Standard tier parameters support a maximum parameter value of ${mostBytes} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`;
}

function tagsProblem(input: PutParameterRequest): string | undefined {
  if (!input.Overwrite || !input.Tags?.length) return undefined;
  return "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag.";
}
