import { command } from './command.ts';

/** Address at which machines reach this process. enclosure.sh gives the bridge both addresses. */
export const gateway = '10.99.0.1';
export const metadataAddress = '169.254.169.254';
/** Network of the machines; they have its addresses 1 to 250. */
export const machineNetwork = '10.99.1';

/** Creates a network namespace whose only link leads to the bridge, without any other route. */
export async function plug(name: string, address: string): Promise<void> {
  const link = `to-${name}`;
  await command('ip', 'netns', 'add', name);
  await command('ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'host0', 'netns', name);
  await command('ip', 'link', 'set', link, 'master', 'fabric', 'up');
  await command('ip', '-n', name, 'link', 'set', 'lo', 'up');
  await command('ip', '-n', name, 'address', 'add', `${address}/16`, 'dev', 'host0');
  await command('ip', '-n', name, 'link', 'set', 'host0', 'up');
  await command('ip', '-n', name, 'route', 'add', `${metadataAddress}/32`, 'dev', 'host0');
}

/** Removes the namespace with its link. */
export async function unplug(name: string): Promise<void> {
  await command('ip', 'netns', 'delete', name);
}
