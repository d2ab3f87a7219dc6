import type {
  DeletePolicyType,
  DescribePoliciesType,
  PoliciesType,
  PolicyARNType,
  PutScalingPolicyType,
} from '@aws-sdk/client-auto-scaling';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Ids } from '../ids.ts';
import { page } from '../page.ts';
import type { Group } from './group.ts';

/** Scaling policies: kept and shown; nothing is measured, so nothing scales by them. */
export class Policies {
  readonly #place: AwsAccount;
  readonly #ids: Ids;

  constructor(place: AwsAccount, ids: Ids) {
    this.#place = place;
    this.#ids = ids;
  }

  put(group: Group, input: PutScalingPolicyType): PolicyARNType {
    const name = input.PolicyName ?? '';
    const known = group.policies.get(name)?.arn;
    const id = known ?? arn.policy(this.#place, this.#ids.uuid(), group.name, name);
    group.policies.set(name, { ...input, arn: id });
    return { PolicyARN: id, Alarms: [] };
  }

  describe(groups: readonly Group[], input: DescribePoliciesType): PoliciesType {
    const all = groups.flatMap((group) => [...group.policies.values()]);
    const chosen = all.filter(
      ({ PolicyName = '' }) => !input.PolicyNames || input.PolicyNames.includes(PolicyName),
    );
    const { items, nextToken } = page(chosen, input.NextToken, input.MaxRecords ?? 50);
    return {
      ScalingPolicies: items.map(({ arn: PolicyARN, ...policy }) => ({ ...policy, PolicyARN, Alarms: [] })),
      NextToken: nextToken,
    };
  }

  delete(group: Group, input: DeletePolicyType): void {
    const name = input.PolicyName ?? '';
    const known = [...group.policies.values()].find(
      (policy) => policy.arn === name || policy.PolicyName === name,
    );
    if (!known) throw new AwsError('ValidationError', `PolicyName ${name} not found`);
    group.policies.delete(known.PolicyName ?? '');
  }
}
