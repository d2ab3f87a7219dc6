import {
  type AutoScalingClient,
  DeleteWarmPoolCommand,
  PutWarmPoolCommand,
  type WarmPoolConfiguration,
  WarmPoolState,
} from '@aws-sdk/client-auto-scaling';
import type { WarmPool } from '../config/warm-pool.ts';
import type { PresentPool } from '../rollout/decisions/warm-pool.ts';
import { call, callUnless } from './call.ts';

/** Warm pools of Auto Scaling groups. The group itself says what it has. A failed call throws AwsFailed. */
export interface WarmPools {
  /** Creates or changes the pool of a group. */
  put(group: string, pool: WarmPool): Promise<void>;
  /**
   * Deletes a pool and its instances, whatever hook they wait in. A missing pool is fine, and so is one that is being
   * deleted.
   */
  delete(group: string): Promise<void>;
}

const states = { stopped: WarmPoolState.Stopped } as const;

/** Removes an earlier limit. */
const unlimited = -1;

/** No pool, no group, or a deletion in progress. */
const going = ['ValidationError', 'ResourceInUse', 'ResourceInUseFault', 'ScalingActivityInProgress'];

/** Warm pools through the SDK's client. */
export function autoScalingPools(client: AutoScalingClient): WarmPools {
  return {
    async put(group: string, { min, max, state }: WarmPool): Promise<void> {
      await call(`could not set the warm pool of group ${group}`, () =>
        client.send(
          new PutWarmPoolCommand({
            AutoScalingGroupName: group,
            MinSize: min,
            MaxGroupPreparedCapacity: max ?? unlimited,
            PoolState: states[state],
            InstanceReusePolicy: { ReuseOnScaleIn: false },
          }),
        ),
      );
    },

    async delete(group: string): Promise<void> {
      await callUnless(going, `could not delete the warm pool of group ${group}`, () =>
        client.send(new DeleteWarmPoolCommand({ AutoScalingGroupName: group, ForceDelete: true })),
      );
    },
  };
}

/** A group's pool as Auto Scaling describes it. */
export function presentPool(pool: WarmPoolConfiguration): PresentPool {
  const { MinSize: min = 0, MaxGroupPreparedCapacity: max, PoolState: state, InstanceReusePolicy } = pool;
  return {
    min,
    ...(max !== undefined && max !== unlimited && { max }),
    state: (state ?? WarmPoolState.Stopped).toLowerCase(),
    reuses: InstanceReusePolicy?.ReuseOnScaleIn ?? false,
    deleting: pool.Status !== undefined,
  };
}
