import { type App, type Stack, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { tags } from '../config/resource-names.ts';
import { ImageStack } from './image/image-stack.ts';
import { NetworkStack } from './network/network-stack.ts';
import { RolloutStack } from './rollout/rollout-stack.ts';
import { ServiceStack } from './service/service-stack.ts';
import type { EnvironmentProps } from './stack.ts';
import { StoreStack } from './store/store-stack.ts';

/** Stacks of one environment, in the order of their dependencies. */
export function addEnvironment(app: App, props: EnvironmentProps): void {
  const store = new StoreStack(app, props);
  const network = new NetworkStack(app, { ...props, logs: store.logs });
  const rollout = new RolloutStack(app, { ...props, store, network });
  const services = Object.entries(props.environment.services).flatMap(([service, settings]) => {
    const parts = { ...props, service, settings, store, network, rollout };
    const { imageBuild: build } = settings;
    return [new ServiceStack(app, parts), ...(build ? [new ImageStack(app, { ...parts, build })] : [])];
  });
  for (const stack of [store, network, rollout, ...services]) applyStandards(stack, props);
}

/** Sets what applies to everything of an environment: its tags, and the boundary of its roles. */
function applyStandards(stack: Stack, { name, environment }: EnvironmentProps): void {
  const standing = [...Object.entries(environment.tags), [tags.environment, name] as const];
  for (const [key, value] of standing) {
    Tags.of(stack).add(key, value, {
      excludeResourceTypes: [
        // These carry live fleets: not even their tags may change.
        'AWS::ElasticLoadBalancingV2::TargetGroup',
        'AWS::EC2::LaunchTemplate',
        // Not every region accepts tags here from a template.
        'AWS::ElasticLoadBalancingV2::Listener',
      ],
    });
  }
  if (!environment.permissionsBoundary) return;
  PermissionsBoundary.of(stack).apply(
    ManagedPolicy.fromManagedPolicyArn(stack, 'boundary', environment.permissionsBoundary),
  );
}
