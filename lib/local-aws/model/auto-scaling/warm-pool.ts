import type {
  DeleteWarmPoolType,
  DescribeWarmPoolAnswer,
  PutWarmPoolType,
  WarmPoolConfiguration,
} from '@aws-sdk/client-auto-scaling';
import { AwsError, notModelled } from '../error.ts';
import { page } from '../page.ts';
import { describeMember, type Member } from './member.ts';

/** A pool of stopped instances beside a group. */
export interface WarmPool {
  min: number;
  /** Most instances of group and pool together; undefined: the group's maximum. */
  prepared: number | undefined;
  deleting: boolean;
}

/** Values of a group that its pool depends on. */
interface PooledGroup {
  name: string;
  max: number;
  desired: number;
  warmPool: WarmPool | undefined;
  /** Members of the warm pool, by instance id. */
  warmed: ReadonlyMap<string, Member>;
  deleting: boolean;
}

/** The pool after PutWarmPool. What is left out keeps its value. */
export function newPool(input: PutWarmPoolType, known: WarmPool | undefined): WarmPool {
  if (known?.deleting) throw new AwsError('ValidationError', 'The warm pool is pending delete.');
  const {
    MinSize = known?.min ?? 0,
    MaxGroupPreparedCapacity = known?.prepared,
    PoolState = 'Stopped',
  } = input;
  if (PoolState !== 'Stopped') throw notModelled(`a warm pool of ${PoolState} instances`);
  if (input.InstanceReusePolicy?.ReuseOnScaleIn) throw notModelled('ReuseOnScaleIn of a warm pool');
  const prepared = MaxGroupPreparedCapacity === -1 ? undefined : MaxGroupPreparedCapacity;
  if (MinSize < 0 || (prepared !== undefined && prepared < MinSize))
    throw new AwsError('ValidationError', `MinSize ${MinSize} is not between 0 and MaxGroupPreparedCapacity`);
  return { min: MinSize, prepared, deleting: false };
}

/** How many instances a group's pool is to have now. */
export function poolSize({ warmPool, deleting, max, desired }: PooledGroup): number {
  if (!warmPool || warmPool.deleting || deleting) return 0;
  return Math.max(warmPool.min, (warmPool.prepared ?? max) - desired);
}

/** The pool that is to be deleted; refuses what is not there, and one with instances unless by force. */
export function poolToDelete(
  { name, warmPool, warmed }: PooledGroup,
  { ForceDelete }: DeleteWarmPoolType,
): WarmPool {
  if (!warmPool) throw new AwsError('ValidationError', `No warm pool found for AutoScalingGroup ${name}`);
  if (warmed.size > 0 && !ForceDelete)
    throw new AwsError('ResourceInUse', `The warm pool of ${name} has instances, delete it by force`);
  return warmPool;
}

export function describePool({ min, prepared, deleting }: WarmPool): WarmPoolConfiguration {
  return {
    MinSize: min,
    ...(prepared === undefined ? {} : { MaxGroupPreparedCapacity: prepared }),
    PoolState: 'Stopped',
    ...(deleting ? { Status: 'PendingDelete' } : {}),
    InstanceReusePolicy: { ReuseOnScaleIn: false },
  };
}

/** The answer of DescribeWarmPool; a group without a pool has no configuration of one. */
export function describeWarmed(
  { warmPool, warmed }: PooledGroup,
  input: { NextToken?: string | undefined; MaxRecords?: number | undefined },
): DescribeWarmPoolAnswer {
  const { items, nextToken } = page([...warmed.values()], input.NextToken, input.MaxRecords ?? 50);
  return {
    ...(warmPool && { WarmPoolConfiguration: describePool(warmPool) }),
    Instances: items.map(describeMember),
    NextToken: nextToken,
  };
}
