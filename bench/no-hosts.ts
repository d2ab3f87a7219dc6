import type { Hosts } from '../lib/local-aws/model/hosts.ts';

/** The bench launches no instances: it runs what runs on one. */
export const noHosts: Hosts = {
  address: refuse,
  start: refuse,
  halt: refuse,
  stop: refuse,
  probe: refuse,
  console: refuse,
};

function refuse(): never {
  throw new Error('the bench has no instances');
}
