import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnLaunchTemplate, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Image } from '../../config/image.ts';
import { tags } from '../../config/resource-names.ts';
import type { Service } from '../../config/service.ts';
import type { InstanceRole } from './instance-role.ts';

export interface LaunchTemplateProps {
  environment: string;
  service: string;
  settings: Service;
  /** Tags of the environment, for instances, volumes and interfaces. */
  tags: Readonly<Record<string, string>>;
  role: InstanceRole;
  securityGroup: ISecurityGroup;
  /** Base64. */
  userData: string;
}

/**
 * Template that instances are launched from. An update adds a version and moves nothing: a deployment finds the
 * version by its description, `build`, and pins it. The template itself never changes, so no live fleet loses it.
 */
export class LaunchTemplate extends Construct {
  readonly id: string;
  /** Digest of the content. */
  readonly build: string;

  constructor(scope: Construct, id: string, props: LaunchTemplateProps) {
    super(scope, id);
    const data = templateData(props);
    this.build = createHash('sha256')
      .update(JSON.stringify(Stack.of(this).resolve(data)))
      .digest('hex');
    const template = new CfnLaunchTemplate(this, 'template', {
      launchTemplateData: data,
      versionDescription: this.build,
      tagSpecifications: [{ resourceType: 'launch-template', tags: identityTags(props) }],
    });
    this.id = template.ref;
  }
}

function templateData(props: LaunchTemplateProps): CfnLaunchTemplate.LaunchTemplateDataProperty {
  const { settings, role, securityGroup } = props;
  const labels = [
    ...identityTags(props),
    { key: 'Name', value: `holdfast-${props.environment}-${props.service}` },
    ...Object.entries(props.tags).map(([key, value]) => ({ key, value })),
  ];
  return {
    imageId: imageId(settings.image),
    instanceType: settings.instanceType,
    iamInstanceProfile: { arn: role.profile.attrArn },
    securityGroupIds: [securityGroup.securityGroupId],
    userData: props.userData,
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
      // Tags tell an instance its record and settings.
      instanceMetadataTags: 'enabled',
    },
    tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
      resourceType,
      tags: resourceType === 'instance' ? [...labels, { key: tags.roleId, value: role.roleId }] : labels,
    })),
  };
}

function identityTags({ environment, service }: LaunchTemplateProps): { key: string; value: string }[] {
  return [
    { key: tags.environment, value: environment },
    { key: tags.service, value: service },
  ];
}

/** EC2 resolves a parameter when a deployment asks for it, so a new image needs no stack update. */
function imageId(image: Image): string {
  return 'id' in image ? image.id : `resolve:ssm:${image.parameter}`;
}
