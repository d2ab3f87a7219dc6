import type { Resource, TemplateJson } from './example.ts';
import { losses } from './losses.ts';

/** Pinned resources of a stack: `TYPE`, or `TYPE NAME`, by logical id. */
export type Pins = Readonly<Record<string, string>>;

/** Properties that hold the physical name of a resource, or a part of it. */
const nameKeys = [
  'AliasName',
  'AlarmName',
  'BucketName',
  'FunctionName',
  'LogGroupName',
  'Name',
  'Path',
  'StateMachineName',
  'TopicName',
] as const;

/** The resources of a template, each as a pin. */
export function pinsOf({ Resources }: TemplateJson): Pins {
  const found = Object.entries(Resources).map(
    ([id, resource]) => [stableId(id), describe(resource)] as const,
  );
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every change of code makes another version of a function beside the old ones. */
function stableId(id: string): string {
  return id.replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$/, '$1');
}

function describe({ Type, Properties = {} }: Resource): string {
  const names = nameKeys.flatMap((key) => (key in Properties ? [nameOf(Type, Properties[key])] : []));
  return [Type, ...names].join(' ');
}

/** Image Builder's parts cannot be changed: each change of the boot script makes others beside them. */
function nameOf(type: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type.startsWith('AWS::ImageBuilder::') ? text.replace(/-[0-9a-f]{12}$/, '-<digest>') : text;
}

/** What moved between the pins and a template, and what an update would do, in a sentence each. */
export function moves(stack: string, pinned: Pins, now: Pins): string[] {
  const lost = Object.entries(pinned).flatMap(([id, was]) => {
    if (now[id] === was) return [];
    const found = now[id] === undefined ? 'is not there' : `is now ${now[id]}`;
    return [`${stack}: ${id} (${was}) ${found}; the next update ${lossOf(was)}`];
  });
  const added = Object.entries(now)
    .filter(([id]) => !(id in pinned))
    .map(([id, is]) => `${stack}: ${id} (${is}) is not pinned; add it to test/fixtures/pins.json`);
  return [...lost, ...added];
}

function lossOf(pin: string): string {
  return losses[pin.split(' ')[0] ?? ''] ?? 'does what no one wrote down';
}
