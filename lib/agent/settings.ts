import { readFileSync } from 'node:fs';
import { type AgentSettings, agentSettingsSchema } from '../config/agent-settings.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import { check, parseJson } from '../release/validate.ts';

/** Reads and checks the settings file. */
export function readSettings(file: string): AgentSettings {
  return check(agentSettingsSchema, parseJson(readText(file), subject(file)), subject(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HoldfastError('InvalidInput', `${subject(file)}: cannot be read (${messageOf(cause)})`, {
      cause,
    });
  }
}

const subject = (file: string) => `settings file ${file}`;
