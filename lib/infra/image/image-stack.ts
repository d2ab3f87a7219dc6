import type { App } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { ImageBuild } from '../../config/image-build.ts';
import type { ServiceStackProps } from '../service/service-props.ts';
import { scriptFor } from '../service/user-data.ts';
import { EnvironmentStack } from '../stack.ts';
import { bucketName, stackNames } from '../stack-names.ts';
import { BuilderRole } from './builder-role.ts';
import { executionRole } from './execution-role.ts';
import { ImageFailures } from './failures.ts';
import { Pipeline } from './pipeline.ts';

export interface ImageStackProps extends ServiceStackProps {
  build: ImageBuild;
}

/** Builds base images of one service. An image reaches instances through the parameter `image` and a deployment. */
export class ImageStack extends EnvironmentStack {
  constructor(app: App, props: ImageStackProps) {
    const { name, service, settings, assets, store, network, rollout, build } = props;
    super(app, stackNames.image(name, service), `Holdfast ${name}: images of ${service}`, props);
    this.addStackDependency(store, 'baking fetches the agent');
    const described = { environment: name, service };
    const { profile } = new BuilderRole(this, 'builder', { ...described, settings, key: store.key });
    const group = new SecurityGroup(this, 'group', {
      vpc: network.vpc,
      description: `Image builds of ${service}`,
    });
    const script = scriptFor(
      { ...described, role: settings.role ?? service, bucket: bucketName(this, name), settings },
      assets,
    );
    const { recipe } = new Pipeline(this, 'images', {
      ...described,
      parent: build.parent,
      schedule: build.schedule,
      instanceType: settings.instanceType,
      script,
      profile: profile.ref,
      subnet: network.vpc.privateSubnets[0]?.subnetId ?? '',
      securityGroup: group.securityGroupId,
      execution: executionRole(this, name, service),
    });
    new ImageFailures(this, 'failures', { ...described, recipe, topic: rollout.topic });
  }
}
