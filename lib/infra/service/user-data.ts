import { Fn } from 'aws-cdk-lib';
import { storeKeys } from '../../config/names.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Assets } from '../assets.ts';

/** Most bytes of user-data that EC2 takes. */
const userDataBytes = 16_384;

const placeholder = '@INIT@';

/** What an instance is told at birth; the rest it reads from its tags and parameters. */
export interface Init {
  environment: string;
  service: string;
  region: string;
  bucket: string;
  /** Folder of the releases. */
  root: string;
}

/** userdata/boot.sh with the init information in it, base64. */
export function userData(init: Init, { bootScript, agentSha256 }: Assets): string {
  const agent = { key: storeKeys.agent(agentSha256), sha256: agentSha256 };
  const [before, after, ...more] = bootScript.split(placeholder);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new HoldfastError(
      'InvalidInput',
      `userdata/boot.sh: found ${bootScript.split(placeholder).length - 1} times ${placeholder}, expected it once`,
    );
  }
  return Fn.base64(checked(`${before}${JSON.stringify({ ...init, agent })}${after}`));
}

function checked(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= userDataBytes) return text;
  throw new HoldfastError(
    'InvalidInput',
    `userdata/boot.sh: found ${bytes} bytes with the init information, EC2 takes at most ${userDataBytes}; move what it does into the agent`,
  );
}
