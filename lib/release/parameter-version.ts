import { HoldfastError } from './errors.ts';

/** A parameter by name and version. */
export interface ParameterVersion {
  name: string;
  version: number;
}

/** Reads `NAME:VERSION`, the value of the tags `record` and `settings`. */
export function parseParameterVersion(text: string): ParameterVersion {
  const match = /^(\/.+):(\d+)$/.exec(text);
  if (match) return { name: match[1] as string, version: Number(match[2]) };
  throw new HoldfastError('InvalidRecord', `found "${text}", expected NAME:VERSION of a parameter`);
}

export function formatParameterVersion({ name, version }: ParameterVersion): string {
  return `${name}:${version}`;
}
