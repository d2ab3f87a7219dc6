import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parameterNames } from '../config/names.ts';
import { parseSettings, type Settings } from '../config/settings.ts';
import { HoldfastError } from '../release/errors.ts';
import { decideBy } from './balancer/decide.ts';
import { startProxy } from './balancer/proxy.ts';
import type { Closers } from './closers.ts';
import type { RunningHosts } from './hosts/hosts.ts';
import { type HostsKind, hostsKinds } from './hosts/kind.ts';
import { Deliveries } from './lambda/deliveries.ts';
import { Functions } from './lambda/functions.ts';
import type { ExecutionInfo } from './model/states/execution.ts';
import { World } from './model/world.ts';
import { realClock } from './real-clock.ts';
import { serviceHost } from './service-host.ts';
import type { Assembly } from './stack/assembly.ts';
import { deployStacks } from './stack/deploy.ts';
import type { Properties } from './stack/resource.ts';
import { startResponseServer } from './stack/responses.ts';
import { serve } from './wire/serve.ts';
import type { StateEvent } from './workflow/interpreter.ts';
import { mayCall } from './workflow/may-call.ts';
import { workflowRunner } from './workflow/runner.ts';
import { checkDefinition } from './workflow/validate.ts';

export interface EnvironmentOptions {
  assembly: Assembly;
  /** Name of the environment. */
  name: string;
  service: string;
  /** Default: processes. */
  kind?: HostsKind;
  patch(type: string, properties: Properties): Properties;
  /** A state of an execution was entered or left. */
  seen(execution: ExecutionInfo, event: StateEvent): void;
  /** An instance could not build itself. */
  bootFailed(instanceId: string, words: string): void;
}

/** An environment of Holdfast on this machine: stacks deployed, nothing released yet. */
export interface LocalEnvironment {
  name: string;
  service: string;
  settings: Settings;
  world: World;
  hosts: RunningHosts;
  functions: Functions;
  /** Events for functions, such as those for the sweep. */
  deliveries: Deliveries;
  /** Url of the production listener. */
  url: string;
  /** Url of the test listener. */
  testUrl: string;
}

/** Deploys the stacks of an assembly into a local AWS. Everything it starts ends with `closers`. */
export async function startEnvironment(
  options: EnvironmentOptions,
  closers: Closers,
): Promise<LocalEnvironment> {
  const { assembly, name, service, kind = hostsKinds.process } = options;
  const [{ account = '', region = '' } = {}] = assembly.stacks;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearsal-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  const hosts: RunningHosts = kind.create({ folder, region, failed: options.bootFailed });
  const world = new World({ clock: realClock, hosts, place: { account, region }, checksRights: true });
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

/** Events that nobody may deliver would be missed by nobody until they are needed. */
function refuseMissingPermissions({ iam }: World): void {
  const { missing } = iam.invocations;
  if (missing.length > 0)
    throw new HoldfastError('InvalidInput', `${missing.join('; ')}; give it one in lib/infra`);
}

function readSettings(world: World, environment: string, service: string): Settings {
  const name = parameterNames(environment, service).settings;
  return parseSettings(world.ssm.getParameter({ Name: name }).Parameter?.Value ?? '', name);
}

/** The two listeners that the service's rules belong to, each as a proxy. */
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
