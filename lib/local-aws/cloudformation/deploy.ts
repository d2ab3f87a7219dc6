import { HoldfastError, messageOf } from '../../release/errors.ts';
import type { FunctionHost } from '../lambda/functions.ts';
import type { Stack } from '../model/cloudformation/cloudformation.ts';
import type { World } from '../world.ts';
import type { Assembly, AssemblyStack } from './assembly.ts';
import { type Lookup, noValue, resolve } from './intrinsics.ts';
import type { Created, Properties, ResourceContext } from './resource.ts';
import { creatorOf } from './resources.ts';
import type { ResponseServer } from './responses.ts';
import { creationOrder } from './template.ts';

export interface DeployOptions {
  assembly: Assembly;
  world: World;
  functions: FunctionHost;
  responses: ResponseServer;
  /** Delivers an event to a function. Default: invokes it and ignores its result. */
  deliver?: (functionArn: string, event: unknown) => void;
  /** Changes the properties of a resource before it is made: the only place where a rehearsal changes a template. */
  patch(type: string, properties: Properties): Properties;
}

type IdentifiedStack = AssemblyStack & Pick<Stack, 'id'>;

/** Outputs and exports that stacks share. */
interface KnownValues {
  exports: Map<string, unknown>;
  /** By `stack/output`. */
  outputs: Map<string, unknown>;
}

/** Deploys all stacks of an assembly, as CloudFormation would the first time. The result ends what they started. */
export async function deployStacks(options: DeployOptions): Promise<() => void> {
  const known: KnownValues = { exports: new Map(), outputs: new Map() };
  const closers: (() => void)[] = [];
  for (const stack of options.assembly.stacks) await deployStack(stack, options, known, closers);
  return () => {
    for (const close of closers) close();
  };
}

async function deployStack(
  { name, account, region, template }: AssemblyStack,
  options: DeployOptions,
  known: KnownValues,
  closers: (() => void)[],
): Promise<void> {
  const created = new Map<string, Created>();
  const stack = began(options.world, name);
  const lookup = lookupOf({ name, account, region, template, id: stack.id }, created, known);
  for (const logicalId of creationOrder(template)) {
    const {
      Type: type = '',
      Properties: raw = {},
      Condition: condition,
    } = template.Resources[logicalId] ?? {};
    if (condition !== undefined && !lookup.condition(condition)) continue;
    const properties = options.patch(type, resolve(raw, lookup) as Properties);
    const place: ResourceContext = {
      ...options,
      asset: options.assembly.asset,
      stack: { id: stack.id, name, account, region },
      logicalId,
      type,
      atEnd: (close) => closers.push(close),
    };
    const resource = await make(properties, place);
    created.set(logicalId, resource);
    stack.resources.set(logicalId, { type, physicalId: resource.ref, status: 'CREATE_COMPLETE' });
  }
  stack.status = 'CREATE_COMPLETE';
  for (const [output, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    const value = resolve(Value, lookup);
    known.outputs.set(`${name}/${output}`, value);
    if (Export) known.exports.set(String(resolve(Export.Name, lookup)), value);
  }
}

/** Creates the stack record that DescribeStacks shows while its resources are made. */
function began({ cloudFormation }: World, name: string): Stack {
  if (!cloudFormation.find(name)) cloudFormation.createStack({ StackName: name });
  const stack = cloudFormation.find(name);
  if (stack) return stack;
  throw new Error(`stack ${name}: the rehearsal does not know the stack that it began`);
}

async function make(properties: Properties, place: ResourceContext): Promise<Created> {
  try {
    return await creatorOf(place.type)(properties, place);
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new Error(`stack ${place.stack.name}, resource ${place.logicalId}: ${messageOf(cause)}`, { cause });
  }
}

function lookupOf(stack: IdentifiedStack, created: Map<string, Created>, known: KnownValues): Lookup {
  const { name, region, template } = stack;
  const pseudo = pseudoParameters(stack);
  const missing = (what: string): never => {
    throw new Error(`stack ${name}: the rehearsal has no ${what}`);
  };
  const lookup: Lookup = {
    ref: (of) =>
      pseudo[of] ?? created.get(of)?.ref ?? template.Parameters?.[of]?.Default ?? missing(`resource ${of}`),
    attribute: (of, attribute) =>
      created.get(of)?.attributes[attribute] ??
      missing(`attribute ${attribute} of ${of} (${template.Resources[of]?.Type})`),
    importValue: (of) => known.exports.get(of) ?? missing(`export ${of}`),
    output: (of, output) =>
      known.outputs.get(`${of}/${output}`) ?? missing(`output ${output} of stack ${of}`),
    zones: () => ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
    condition: (of) => resolve(template.Conditions?.[of], lookup) === true,
  };
  return lookup;
}

function pseudoParameters({ id, name, account, region }: IdentifiedStack): Record<string, unknown> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': name,
    'AWS::StackId': id,
    'AWS::NoValue': noValue,
  };
}
