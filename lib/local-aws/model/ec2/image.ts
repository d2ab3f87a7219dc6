import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { AwsError } from '../error.ts';
import type { Ssm } from '../ssm/ssm.ts';

const alias = 'resolve:ssm:';

/** The image id that `ami-...` or `resolve:ssm:NAME` stands for now. */
function resolveImage(ssm: Ssm, image: string | undefined): string | undefined {
  if (!image?.startsWith(alias)) return image;
  const name = image.slice(alias.length);
  try {
    return ssm.getParameter({ Name: name }).Parameter?.Value;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'InvalidParameterValue',
      `The parameter ${name} could not be resolved: ${error.message}`,
    );
  }
}

/** The data of a version with its image resolved. */
export function withImage(ssm: Ssm, data: RequestLaunchTemplateData): RequestLaunchTemplateData {
  const image = resolveImage(ssm, data.ImageId);
  return image === undefined ? data : { ...data, ImageId: image };
}
