import * as z from 'zod';
import { HoldfastError } from './errors.ts';

/** A parameter by name and version. */
export interface ParameterVersion {
  name: string;
  version: number;
}

/** Parameter names never hold a colon. */
const pattern = /^([^:]+):(\d+)$/;

/** `NAME:VERSION` of a parameter. */
export const parameterVersionSchema = z.string().regex(pattern, 'NAME:VERSION of a parameter');

/** Reads `NAME:VERSION`; undefined when a text names no version. */
export function findParameterVersion(text: string): ParameterVersion | undefined {
  const [, name, version] = pattern.exec(text) ?? [];
  return name === undefined ? undefined : { name, version: Number(version) };
}

/** Reads `NAME:VERSION`, the value of the tags `record` and `settings`. */
export function parseParameterVersion(text: string): ParameterVersion {
  const found = findParameterVersion(text);
  if (found) return found;
  throw new HoldfastError('InvalidRecord', `found "${text}", expected NAME:VERSION of a parameter`);
}

export function formatParameterVersion({ name, version }: ParameterVersion): string {
  return `${name}:${version}`;
}
