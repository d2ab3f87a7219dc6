import {
  type AutoScalingClient,
  DeletePolicyCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  type ScalingPolicy,
} from '@aws-sdk/client-auto-scaling';
import type { ScalingTarget } from '../rollout/decisions/scaling.ts';
import { allPages, call, callUnless } from './call.ts';

/** Target-tracking policies of Auto Scaling groups. A failed call throws AwsFailed. */
export interface Policies {
  /** The present targets, including policies that others made. */
  get(group: string): Promise<ScalingTarget[]>;
  put(group: string, target: ScalingTarget): Promise<void>;
  /** Removes a target by name. A missing one is fine. */
  delete(group: string, name: string): Promise<void>;
}

/** Scaling policies through the SDK's client. */
export function autoScalingPolicies(client: AutoScalingClient): Policies {
  return {
    async get(group: string): Promise<ScalingTarget[]> {
      const policies = await allPages(async (token) => {
        const answer = await call(`could not read the policies of group ${group}`, () =>
          client.send(new DescribePoliciesCommand({ AutoScalingGroupName: group, NextToken: token })),
        );
        return { items: answer.ScalingPolicies, next: answer.NextToken };
      });
      return policies.map(targetOf);
    },

    async put(group: string, { name, value, label }: ScalingTarget): Promise<void> {
      const metric =
        label === undefined
          ? { PredefinedMetricType: 'ASGAverageCPUUtilization' as const }
          : { PredefinedMetricType: 'ALBRequestCountPerTarget' as const, ResourceLabel: label };
      await call(`could not set policy ${name} of group ${group}`, () =>
        client.send(
          new PutScalingPolicyCommand({
            AutoScalingGroupName: group,
            PolicyName: name,
            PolicyType: 'TargetTrackingScaling',
            TargetTrackingConfiguration: { PredefinedMetricSpecification: metric, TargetValue: value },
          }),
        ),
      );
    },

    async delete(group: string, name: string): Promise<void> {
      await callUnless(['ValidationError'], `could not delete policy ${name} of group ${group}`, () =>
        client.send(new DeletePolicyCommand({ AutoScalingGroupName: group, PolicyName: name })),
      );
    },
  };
}

function targetOf(policy: ScalingPolicy): ScalingTarget {
  const tracking = policy.TargetTrackingConfiguration;
  const label = tracking?.PredefinedMetricSpecification?.ResourceLabel;
  return {
    name: policy.PolicyName ?? '',
    value: tracking?.TargetValue ?? 0,
    ...(label !== undefined && { label }),
  };
}
