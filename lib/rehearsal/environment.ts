import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parameterNames } from '../config/resource-names.ts';
import { parseSettings, type Settings } from '../config/settings.ts';
import type { Assembly } from '../local-aws/cloudformation/assembly.ts';
import { deployStacks } from '../local-aws/cloudformation/deploy.ts';
import type { Properties } from '../local-aws/cloudformation/resource.ts';
import { startResponseServer } from '../local-aws/cloudformation/responses.ts';
import { Deliveries } from '../local-aws/lambda/deliveries.ts';
import { Functions } from '../local-aws/lambda/functions.ts';
import type { RunningHosts } from '../local-aws/model/hosts.ts';
import type { ExecutionInfo } from '../local-aws/model/states/execution.ts';
import { realClock } from '../local-aws/real-clock.ts';
import type { StateEvent } from '../local-aws/states-language/interpreter.ts';
import { mayCall } from '../local-aws/states-language/may-call.ts';
import { workflowRunner } from '../local-aws/states-language/runner.ts';
import { checkDefinition } from '../local-aws/states-language/validate.ts';
import { serve } from '../local-aws/wire/serve.ts';
import { World } from '../local-aws/world.ts';
import { HoldfastError } from '../release/errors.ts';
import { decideBy } from './balancer/decide.ts';
import { startProxy } from './balancer/proxy.ts';
import type { Closers } from './closers.ts';
import { type HostsKind, hostsKinds } from './hosts/kind.ts';
import { serviceHost } from './service-host.ts';

export interface EnvironmentOptions {
  assembly: Assembly;
  /** Name of the environment. */
  name: string;
  service: string;
  /** Default: processes. */
  kind?: HostsKind;
  /** The longest time that the load balancer takes to apply a changed rule. Seconds. */
  ruleLag: number;
  patch(type: string, properties: Properties): Properties;
  /** Called when an execution enters or leaves a state. */
  seen(execution: ExecutionInfo, event: StateEvent): void;
  /** Called when an instance could not build itself. */
  bootFailed(instanceId: string, words: string): void;
}

/** An environment of Holdfast on this machine, with its stacks deployed and nothing released. */
export interface LocalEnvironment {
  name: string;
  service: string;
  settings: Settings;
  world: World;
  hosts: RunningHosts;
  functions: Functions;
  /** Deliveries of events to functions, such as those for the sweep. */
  deliveries: Deliveries;
  /** Url of the production listener. */
  url: string;
  /** Url of the test listener. */
  testUrl: string;
}

/** Deploys the stacks of an assembly into a local AWS. `closers` ends everything that it starts. */
export async function startEnvironment(
  options: EnvironmentOptions,
  closers: Closers,
): Promise<LocalEnvironment> {
  const { assembly, name, service, kind = hostsKinds.process } = options;
  const [{ account = '', region = '' } = {}] = assembly.stacks;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearsal-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  const hosts: RunningHosts = kind.create({ folder, region, failed: options.bootFailed });
  const world = new World({
    clock: realClock,
    hosts,
    place: { account, region },
    timing: { ruleLag: options.ruleLag * 1000 },
    checksRights: true,
  });
  const endpoint = await serve(world, kind.gateway);
  hosts.endpoint = endpoint.url;
  closers.add(() => endpoint.close());
  closers.add(() => hosts.stopAll());
  const functions = new Functions({ AWS_REGION: region, AWS_ENDPOINT_URL: endpoint.url });
  closers.add(() => functions.close());
  closers.add(() => world.close());
  const workflow = workflowRunner(functions, options.seen, mayCall(world.iam));
  world.stepFunctions.runner = workflow.run;
  closers.add(() => workflow.close());

  const deliveries = new Deliveries(functions);
  const responses = await startResponseServer();
  closers.add(() => responses.close());
  const patch = (type: string, properties: Properties) => {
    if (type === 'AWS::StepFunctions::StateMachine') {
      checkDefinition(String(properties.StateMachineName), String(properties.DefinitionString));
    }
    return options.patch(type, properties);
  };
  closers.add(
    await deployStacks({ deliver: deliveries.deliver, assembly, world, functions, responses, patch }),
  );
  refuseMissingPermissions(world);
  const settings = readSettings(world, name, service);
  hosts.stock?.(world.s3, settings.bucket);
  return {
    name,
    service,
    settings,
    world,
    hosts,
    functions,
    deliveries,
    ...(await startBalancer(world, hosts, settings, closers)),
  };
}

/** Without this check, an event that nobody may deliver would be missed only when it is needed. */
function refuseMissingPermissions({ iam }: World): void {
  const { refused } = iam.invocations;
  if (refused.length > 0)
    throw new HoldfastError('InvalidInput', `${refused.join('; ')}; give it one in lib/infra`);
}

function readSettings(world: World, environment: string, service: string): Settings {
  const name = parameterNames(environment, service).settings;
  return parseSettings(world.ssm.getParameter({ Name: name }).Parameter?.Value ?? '', name);
}

/** Starts a proxy for each of the two listeners that the service's rules belong to. */
async function startBalancer(
  { elb }: World,
  hosts: RunningHosts,
  { balancer }: Settings,
  closers: Closers,
): Promise<{ url: string; testUrl: string }> {
  const start = async (rule = '') => {
    const address = (id: string) => hosts.address(id);
    const host = serviceHost(elb, rule);
    const proxy = await startProxy(decideBy({ elb, listener: elb.rules.find(rule).listener, address, host }));
    closers.add(() => proxy.close());
    return proxy.url;
  };
  return { url: await start(balancer?.rule), testUrl: await start(balancer?.testRule) };
}
