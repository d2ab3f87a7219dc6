import type {
  AddTagsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../error.ts';

/** Tags of load balancers, listeners, rules and target groups, by ARN. */
export class Tags {
  readonly #tags = new Map<string, Map<string, string>>();

  set(arn: string, tags: readonly Tag[] = []): void {
    const known = this.#tags.get(arn) ?? new Map<string, string>();
    for (const { Key = '', Value = '' } of tags) known.set(Key, Value);
    this.#tags.set(arn, known);
  }

  add(input: AddTagsInput): void {
    for (const arn of input.ResourceArns ?? []) {
      this.#of(arn);
      this.set(arn, input.Tags);
    }
  }

  remove(input: RemoveTagsInput): void {
    for (const arn of input.ResourceArns ?? []) {
      for (const key of input.TagKeys ?? []) this.#of(arn).delete(key);
    }
  }

  /** The resource is gone. */
  forget(arn: string): void {
    this.#tags.delete(arn);
  }

  /** Of a resource; none when there is no such resource. */
  of(arn: string): Record<string, string> {
    return Object.fromEntries(this.#tags.get(arn) ?? []);
  }

  describe(input: DescribeTagsInput): DescribeTagsOutput {
    return {
      TagDescriptions: (input.ResourceArns ?? []).map((ResourceArn) => ({
        ResourceArn,
        Tags: [...this.#of(ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  }

  #of(arn: string): Map<string, string> {
    const tags = this.#tags.get(arn);
    if (!tags) throw new AwsError(`${kindOf(arn)}NotFound`, `One or more resources not found: ${arn}`);
    return tags;
  }
}

/** Resource kind of an ARN, as in the names of errors. */
function kindOf(arn: string): string {
  if (arn.includes(':targetgroup/')) return 'TargetGroup';
  if (arn.includes(':listener-rule/')) return 'Rule';
  return arn.includes(':listener/') ? 'Listener' : 'LoadBalancer';
}
