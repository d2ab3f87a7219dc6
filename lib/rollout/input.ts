import * as z from 'zod';
import { isGit, primaryRepository } from '../config/repository.ts';
import type { Settings } from '../config/settings.ts';
import { HoldfastError } from '../release/errors.ts';
import { branchSchema, commitSchema, keySchema, nameSchema } from '../release/identifiers.ts';
import type { ReleaseRequest } from '../release/release-request.ts';
import { check } from '../release/validate.ts';
import type { DeploymentInput, SettleInput } from './contract.ts';

/** One value for the primary repository, or one for each named repository. */
const perRepository = <T extends z.ZodType>(value: T) => z.union([value, z.record(nameSchema, value)]);

const recordNumber = (least: number, expected: string) =>
  z.custom<number>((value) => Number.isSafeInteger(value) && Number(value) >= least, expected);

const inputSchema = z.strictObject({
  service: nameSchema,
  branch: perRepository(branchSchema).optional(),
  commit: perRepository(commitSchema).optional(),
  overlay: perRepository(keySchema).optional(),
  version: recordNumber(
    1,
    'the number of a version of `deployed`, 1 or more; labels are not read',
  ).optional(),
  ifRecord: recordNumber(0, 'the number of a version of `deployed`, or 0: never deployed').optional(),
  replace: z.boolean().optional(),
  reason: z.string().max(1024).optional(),
  by: z.string().min(1).max(256).optional(),
});

const settleInputSchema = z.strictObject({
  service: nameSchema,
  reason: z.string().min(1).max(1024),
  action: z.enum(['settle', 'accept']).optional(),
});

/** Keys whose parts are not built yet. They are told apart from mistyped ones. */
const notBuilt = ['strategy', 'wait', 'supersede', 'force', 'contract', 'fixes'] as const;
/** Keys that choose a release. `version` chooses a whole one, and stands alone. */
const choices = ['branch', 'commit', 'overlay'] as const;

/** Reads the input of the rollout machine; an unknown key is refused by name. */
export function parseInput(input: unknown): DeploymentInput {
  refuseNotBuilt(input);
  const parsed = check(inputSchema, input, 'input of the deployment') as DeploymentInput;
  const chosen = choices.filter((key) => parsed[key] !== undefined);
  if (parsed.version === undefined || chosen.length === 0) return parsed;
  throw invalidInput(
    `version: found ${chosen.join(', ')} beside it, expected version alone, because it deploys a whole record; leave out ${chosen.join(', ')}, or version`,
  );
}

function refuseNotBuilt(input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  const found = notBuilt.find((key) => key in input);
  if (found) throw invalidInput(`input of the deployment: ${found} is not built yet; leave it out`);
}

/** Reads the input of the settle machine. */
export function parseSettleInput(input: unknown): SettleInput {
  return check(settleInputSchema, input, 'input of the settle machine') as SettleInput;
}

/**
 * The request by repository. Refuses repositories that the service does not have and options that do not apply to
 * one.
 */
export function askedOf(input: DeploymentInput, settings: Settings): Record<string, ReleaseRequest> {
  const primary = primaryRepository(settings.repositories, settings.configuration);
  const asked: Record<string, ReleaseRequest> = {};
  for (const key of choices) {
    const value = input[key];
    if (value === undefined) continue;
    const named = typeof value === 'string' ? { [primary]: value } : value;
    for (const [name, each] of Object.entries(named)) {
      refuseWhatDoesNotApply(settings, name, key, each);
      asked[name] = { ...asked[name], [key]: each };
    }
  }
  return asked;
}

/** Refuses a service whose instances record: no workflow deploys it. */
export function refuseHosts({ service, record }: Settings): void {
  if (record !== 'instances') return;
  throw invalidInput(
    `service ${service}: its instances record (record: "instances"), so no workflow deploys it; run \`sudo /opt/holdfast/node /opt/holdfast/holdfast-agent deploy --settings /etc/holdfast/agent.json\` on its hosts`,
  );
}

function refuseWhatDoesNotApply(
  settings: Settings,
  name: string,
  key: keyof ReleaseRequest,
  value: string,
): void {
  const repository = settings.repositories[name];
  if (!repository) {
    const names = Object.keys(settings.repositories).join(', ');
    throw invalidInput(`${key}: service ${settings.service} has no repository ${name}; it has ${names}`);
  }
  if (!isGit(repository) && key !== 'overlay')
    throw invalidInput(
      `${key}: repository ${name} is an artifact, it has no ${key}; give its key as overlay`,
    );
  if (!isGit(repository) && value === 'none')
    throw invalidInput(
      `overlay: repository ${name} is an artifact and needs a tarball; give a key instead of none`,
    );
  if (isGit(repository) && key === 'overlay') refuseOverlay(repository.overlay, name, value);
}

function refuseOverlay(overlay: 'none' | 'optional' | 'required', name: string, value: string): void {
  if (overlay === 'required' && value === 'none')
    throw invalidInput(`overlay: repository ${name} requires an overlay; give its key, or leave it out`);
  if (overlay === 'none' && value !== 'none')
    throw invalidInput(
      `overlay: repository ${name} takes no overlay; found ${value}; set its overlay to optional`,
    );
}

function invalidInput(message: string): HoldfastError {
  return new HoldfastError('InvalidInput', message);
}
