import { type Assembly, type AssemblyStack, readAssembly } from '../local-aws/cloudformation/assembly.ts';
import { referencesOf, type Template } from '../local-aws/cloudformation/template.ts';

/** Kinds of resources that a simulation needs. Others are created only if these refer to them. */
const kept: ReadonlySet<string> = new Set([
  'AWS::EC2::LaunchTemplate',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Events::Rule',
  'AWS::IAM::InstanceProfile',
  'AWS::Lambda::Version',
  'AWS::S3::Bucket',
  'AWS::SSM::Parameter',
  'AWS::StepFunctions::StateMachine',
  'Custom::HoldfastListenerRules',
]);

/** The same, plus the kinds that matter only when permissions are checked. */
const keptWithRights: ReadonlySet<string> = new Set([...kept, 'AWS::IAM::Policy', 'AWS::Lambda::Permission']);

const read = new Map<string, Assembly>();

/**
 * The synthesised stacks of an environment with the given services, without unused resources. Read once per process,
 * because thousands of simulations start from them.
 */
export function simulationAssembly(
  folder: string,
  environment: string,
  services: readonly string[],
  withRights = false,
): Assembly {
  const key = [folder, environment, withRights, ...services].join('\0');
  const known = read.get(key);
  if (known) return known;
  const { stacks } = readAssembly(folder, environment);
  const wanted = services.map((service) => `holdfast-${environment}-service-${service}`);
  const assembly: Assembly = {
    stacks: stacks
      .filter(({ name }) => !name.startsWith(`holdfast-${environment}-service-`) || wanted.includes(name))
      .map((stack) => pruneStack(stack, withRights ? keptWithRights : kept)),
    // Functions run in this process, so their bundles are not read.
    asset: (objectKey) => objectKey,
  };
  read.set(key, assembly);
  return assembly;
}

function pruneStack(stack: AssemblyStack, kinds: ReadonlySet<string>): AssemblyStack {
  const { Resources: all, Outputs } = stack.template;
  const needed = new Set<string>();
  const need = (id: string) => {
    const resource = all[id];
    if (!resource || needed.has(id)) return;
    needed.add(id);
    for (const other of referencesOf(resource.Properties)) need(other);
  };
  for (const [id, { Type }] of Object.entries(all)) if (kinds.has(Type)) need(id);
  for (const { Value } of Object.values(Outputs ?? {})) for (const id of referencesOf(Value)) need(id);
  const resources = Object.entries(all).filter(([id]) => needed.has(id));
  const template: Template = { ...stack.template, Resources: Object.fromEntries(resources) };
  return { ...stack, template };
}
