import { Fn } from 'aws-cdk-lib';
import type { Service } from '../../config/service.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Assets } from '../assets.ts';

/** EC2's limit of user-data. Bytes. */
const userDataBytes = 16_384;

const placeholder = '@INIT@';

/** Information that an instance gets at birth. It reads the rest from its tags and parameters. */
export interface Init {
  environment: string;
  service: string;
  role: string;
  bucket: string;
  settings: Pick<Service, 'node' | 'configurationBranch'>;
}

/** userdata/boot.sh with the init information in it, base64. */
export function userData(init: Init, assets: Assets): string {
  return Fn.base64(scriptFor(init, assets));
}

/** The same as text. */
export function scriptFor(init: Init, { bootScript, agentSha256 }: Assets): string {
  const [before, after, ...more] = bootScript.split(placeholder);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new HoldfastError(
      'InvalidInput',
      `userdata/boot.sh: found ${bootScript.split(placeholder).length - 1} times ${placeholder}, expected it once`,
    );
  }
  return checkSize(`${before}${JSON.stringify(initOf(init, agentSha256))}${after}`);
}

/**
 * One flat line of JSON without quotes in values, because a shell reads it. Architectures have the names of `uname
 * -m`.
 */
function initOf({ settings: { node, configurationBranch }, ...init }: Init, agent: string) {
  return {
    ...init,
    ...(configurationBranch === undefined ? {} : { configurationBranch }),
    agent,
    ...(node?.arm64 && { aarch64: node.arm64.sha256 }),
    ...(node?.x86_64 && { x86_64: node.x86_64.sha256 }),
  };
}

function checkSize(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= userDataBytes) return text;
  throw new HoldfastError(
    'InvalidInput',
    `userdata/boot.sh: found ${bytes} bytes with the init information, EC2 takes at most ${userDataBytes}; move what it does into the agent`,
  );
}
