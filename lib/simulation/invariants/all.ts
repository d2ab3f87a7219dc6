import { capacity } from './capacity.ts';
import { commits } from './commits.ts';
import type { InvariantOf } from './invariant.ts';
import { owner } from './owner.ts';
import { quiescence } from './quiescence.ts';
import { requests } from './requests.ts';
import { warmPools } from './warm-pools.ts';

/** Everything that must hold in every simulation. */
export const invariants: readonly InvariantOf[] = [capacity, requests, commits, owner, quiescence, warmPools];
