import type {
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
} from '@aws-sdk/client-ec2';
import { page } from '../page.ts';
import type { Ssm } from '../ssm/ssm.ts';
import { withImage } from './image.ts';
import type { StoredTemplate, TemplateVersion } from './launch-template.ts';

/** DescribeLaunchTemplateVersions of one template: newest first. */
export function describeTemplateVersions(
  template: StoredTemplate,
  input: DescribeLaunchTemplateVersionsRequest,
  ssm: Ssm,
): DescribeLaunchTemplateVersionsResult {
  const { items, nextToken } = page(
    chosenVersions(template, input),
    input.NextToken,
    input.MaxResults ?? 200,
  );
  return {
    LaunchTemplateVersions: items.map((version) =>
      template.describeVersion(
        input.ResolveAlias ? { ...version, data: withImage(ssm, version.data) } : version,
      ),
    ),
    NextToken: nextToken,
  };
}

function chosenVersions(
  template: StoredTemplate,
  input: DescribeLaunchTemplateVersionsRequest,
): TemplateVersion[] {
  if (input.Versions?.length) return input.Versions.map((version) => template.version(version));
  const least = Number(input.MinVersion ?? 0);
  const most = Number(input.MaxVersion ?? Number.POSITIVE_INFINITY);
  return [...template.versions.values()]
    .filter(({ number }) => number >= least && number <= most)
    .toReversed();
}
