import { join } from 'node:path';
import { nodeLayer } from '../../lib/rehearsal/hosts/machine/root-file-system.ts';
import { launch, record } from '../../test/support/machine/launch.ts';
import type { Stage } from '../../test/support/machine/stage.ts';

/** Images: Debian with Node, and the same baked. */
export const withNode = 'ami-00000000000000001';
export const baked = 'ami-00000000000000002';

/** A memory file system: it ends with the namespaces. */
const folder = '/run/holdfast-bench';
const node = join(folder, 'node');
const layer = join(folder, 'baked');

export function layersOf(imageId: string): string[] {
  return imageId === baked ? [node, layer] : [node];
}

/** Makes the baked image, as the image stack does: a machine whose user-data bakes it. */
export async function bake(stage: Stage): Promise<void> {
  await nodeLayer(node);
  record(stage, stage.release('v1'), 'deployed');
  const userData = (text: string) => text.replace('\n', '\nexport HOLDFAST_COMMAND=bake\n');
  const id = launch(stage, { imageId: withNode, userData });
  const isBaked = () => (stage.hosts.console(id).includes('"result":"baked"') ? true : undefined);
  await stage.waitFor('the image', isBaked, { seconds: 180, show: [id] });
  await stage.hosts.machine(id).keep(layer);
  await end(stage, [id]);
}

/** Ends machines and waits until none of their processes runs. */
export async function end(stage: Stage, ids: readonly string[]): Promise<void> {
  const { instances } = stage.environment.world.ec2;
  for (const id of ids) instances.terminate(id);
  const ended = () => (ids.every((id) => instances.get(id).state === 'terminated') ? true : undefined);
  await stage.waitFor('the end of the machines', ended, { show: ids });
}
