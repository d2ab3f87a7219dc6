import { HoldfastError } from '../../release/errors.ts';

/** Older ones remove folders by path: whoever may write to one leads root elsewhere while it is removed. */
const oldest = 24;

/** Refuses a Node that is too old for a machine with other users. */
export function requireNode(version = process.versions.node): void {
  if (Number.parseInt(version, 10) >= oldest) return;
  throw new HoldfastError(
    'BootstrapFailed',
    `found Node ${version} at ${process.execPath}, expected ${oldest} or newer; install it, or name one by \`node\` in the configuration`,
  );
}
