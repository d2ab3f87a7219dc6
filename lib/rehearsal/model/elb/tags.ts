import type {
  AddTagsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** Tags of load balancers, listeners, rules and target groups, by ARN. */
export class Tags {
  readonly #tags = new Map<string, Map<string, string>>();

  set(arn: string, tags: readonly Tag[] = []): void {
    const known = this.#tags.get(arn) ?? new Map<string, string>();
    for (const { Key = '', Value = '' } of tags) known.set(Key, Value);
    this.#tags.set(arn, known);
  }

  add(input: AddTagsInput): void {
    for (const arn of input.ResourceArns ?? []) this.set(arn, input.Tags);
  }

  remove(input: RemoveTagsInput): void {
    for (const arn of input.ResourceArns ?? []) {
      for (const key of input.TagKeys ?? []) this.#tags.get(arn)?.delete(key);
    }
  }

  describe(input: DescribeTagsInput): DescribeTagsOutput {
    return {
      TagDescriptions: (input.ResourceArns ?? []).map((ResourceArn) => ({
        ResourceArn,
        Tags: [...(this.#tags.get(ResourceArn) ?? [])].map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  }
}
