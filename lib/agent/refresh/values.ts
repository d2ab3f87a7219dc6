import { existsSync, rmSync } from 'node:fs';
import * as z from 'zod';
import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import type { Value } from '../../config/values.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { settleAll } from '../host/settle-all.ts';
import { formatEnvironment, isEnvironmentValue, writeSecretFile } from './environment-file.ts';

const objectSchema = z.record(z.string(), z.unknown());

/**
 * Reads the environment of the service from its stores and writes it where only root can read it. If one value cannot
 * be read, nothing is written and the old file stays. Returns whether it changed. No value is ever told.
 */
export async function placeValues(
  { values = {}, valuesFile }: Pick<AgentSettings, 'values' | 'valuesFile'>,
  events: Events,
  stores: InstanceClients,
): Promise<boolean> {
  const names = Object.keys(values);
  if (names.length === 0) return remove(valuesFile);
  const secret = cacheSecrets(async (id: string) => await (await stores.secrets()).get(id));
  const read = async ([name, value]: [string, Value]): Promise<[string, string]> => [
    name,
    checkValue(name, await fetchValue(name, value, stores, secret)),
  ];
  const found = await events.phase('values', undefined, () => settleAll(Object.entries(values).map(read)));
  const isChanged = writeSecretFile(valuesFile, formatEnvironment(Object.fromEntries(found)));
  if (isChanged) events.tell('values', { names });
  return isChanged;
}

async function fetchValue(
  name: string,
  value: Value,
  { parameters }: InstanceClients,
  secret: (id: string) => Promise<string>,
): Promise<string> {
  if ('value' in value) return value.value;
  if ('secret' in value) {
    const text = await secret(value.secret);
    return value.key === undefined ? text : pick(name, value.secret, text, value.key);
  }
  const found = await parameters.get(value.parameter);
  if (found) return found.value;
  throw valueError(name, `found no parameter ${value.parameter}; put one, or take the variable out`);
}

/** One value of a secret that is a JSON object. No message shows the secret's content. */
function pick(name: string, secret: string, text: string, key: string): string {
  let value: unknown;
  try {
    value = objectSchema.parse(JSON.parse(text))[key];
  } catch {
    throw valueError(name, `secret ${secret} is not a JSON object, expected one with the key ${key}`);
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw valueError(
    name,
    `secret ${secret} has no text under key ${key}; store it there, or name another key`,
  );
}

function checkValue(name: string, value: string): string {
  if (isEnvironmentValue(value)) return value;
  throw valueError(name, 'its value holds control characters, which no environment takes; store it encoded');
}

function valueError(name: string, sentence: string): HoldfastError {
  return new HoldfastError('InvalidInput', `values.${name}: ${sentence}`);
}

function remove(file: string): boolean {
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}

/** Asks once for each id: several variables may come from one secret. */
function cacheSecrets(ask: (id: string) => Promise<string>): (id: string) => Promise<string> {
  const asked = new Map<string, Promise<string>>();
  return (id) => {
    const known = asked.get(id) ?? ask(id);
    asked.set(id, known);
    return known;
  };
}
