import type { RequestLaunchTemplateData, TagSpecification } from '@aws-sdk/client-ec2';
import { type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

const alias = 'resolve:ssm:';
/** Any image id will do: instances are processes. */
const image = 'ami-0123456789abcdef0';

interface LaunchTemplate {
  LaunchTemplateData: RequestLaunchTemplateData;
  VersionDescription?: string;
  TagSpecifications?: TagSpecification[];
}

/** AWS::EC2::LaunchTemplate */
export function launchTemplate(properties: Properties, place: ResourceContext): Created {
  const { ssm, ec2 } = place.world;
  const { LaunchTemplateData: data, ...rest } = properties as unknown as LaunchTemplate;
  // AWS itself writes the parameters that name its images.
  if (data.ImageId?.startsWith(alias)) ssm.seed(data.ImageId.slice(alias.length), image);
  const made = ec2.createLaunchTemplate({
    LaunchTemplateName: generatedName(place, 128),
    LaunchTemplateData: data,
    ...rest,
  });
  const id = made.LaunchTemplate?.LaunchTemplateId ?? '';
  return {
    ref: id,
    attributes: { LaunchTemplateId: id, LatestVersionNumber: '1', DefaultVersionNumber: '1' },
  };
}
