import {
  DescribeTagsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { tags } from '../config/resource-names.ts';
import { callUnless, inPartsOf } from './call.ts';

/** Most resources of one DescribeTags call. */
const most = 20;
const gone = ['RuleNotFound', 'RuleNotFoundException', 'TargetGroupNotFound', 'TargetGroupNotFoundException'];

/** Resources that carry the tags of a service. A resource that disappeared meanwhile is left out. */
export async function taggedOnes<T extends { arn: string }>(
  client: ElasticLoadBalancingV2Client,
  resources: readonly T[],
  environment: string,
  service: string,
): Promise<T[]> {
  const wanted = { [tags.environment]: environment, [tags.service]: service };
  const parts = await Promise.all(
    inPartsOf(most, resources).map((part) =>
      tagsOf(
        client,
        part.map(({ arn }) => arn),
      ),
    ),
  );
  const found = new Map(parts.flat());
  return resources.filter(({ arn }) =>
    Object.entries(wanted).every(([key, value]) => found.get(arn)?.[key] === value),
  );
}

async function tagsOf(
  client: ElasticLoadBalancingV2Client,
  arns: string[],
): Promise<[string, Record<string, string>][]> {
  const answer = await callUnless(gone, 'could not read tags', () =>
    client.send(new DescribeTagsCommand({ ResourceArns: arns })),
  );
  // One missing resource fails the whole call, so each is asked for alone.
  if (!answer && arns.length > 1) return (await Promise.all(arns.map((arn) => tagsOf(client, [arn])))).flat();
  return (answer?.TagDescriptions ?? []).map(({ ResourceArn = '', Tags = [] }) => [
    ResourceArn,
    Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  ]);
}
