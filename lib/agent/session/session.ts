import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { Keys } from '../git/access.ts';
import { Git } from '../git/git.ts';
import type { Events } from '../host/events.ts';
import { type Layout, layoutOf } from './layout.ts';
import { takeLock } from './lock.ts';

/** Everything that a run works with, under the machine's lock. */
export interface Session {
  settings: AgentSettings;
  layout: Layout;
  events: Events;
  stores: InstanceClients;
  git: Git;
  keys(): Keys;
  /** Descriptor of the machine's lock. */
  lock: number;
  /** Whether another agent held the lock before: earlier reads may be out of date. */
  hasWaited: boolean;
}

/** Does work while holding the machine's lock. Secrets are gone afterwards, however it ends. */
export async function withSession<T>(
  settings: AgentSettings,
  events: Events,
  stores: InstanceClients,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const layout = layoutOf(settings.root);
  const lock = await takeLock(layout.lock, events);
  const keys = once(() => new Keys(layout.root));
  const forget = () => keys().forget();
  process.once('exit', forget);
  try {
    const git = new Git(layout.gitConfig, lock.descriptor);
    const { descriptor, hasWaited } = lock;
    return await work({ settings, layout, events, stores, git, keys, lock: descriptor, hasWaited });
  } finally {
    if (usesKeys(settings)) forget();
    process.off('exit', forget);
    lock.release();
  }
}

/** Only SSH keys are ever written to disk. */
function usesKeys(settings: AgentSettings): boolean {
  return Object.values(settings.repositories).some((each) => 'url' in each && each.credentials);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
