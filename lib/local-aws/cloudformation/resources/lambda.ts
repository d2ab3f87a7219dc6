import type { Credentials } from '../../model/credentials.ts';
import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

interface Lambda {
  FunctionName?: string;
  Code: { S3Key?: string };
  Handler: string;
  Environment?: { Variables?: Record<string, string> };
  Timeout?: number;
  MemorySize?: number;
  /** ARN. */
  Role?: string;
}

/** AWS::Lambda::Function: its code is the asset folder as synthesised. */
export function lambdaFunction(properties: Properties, place: ResourceContext): Created {
  const {
    Code,
    Handler,
    Environment,
    Timeout = 3,
    MemorySize = 128,
    Role,
    ...rest
  } = properties as unknown as Lambda;
  const name = rest.FunctionName ?? generatedName(place, 64);
  if (Code.S3Key === undefined) throw new Error(`function ${name} has no code asset`);
  const functionArn = arn(place, 'lambda', `function:${name}`);
  place.functions.add({
    name,
    arn: functionArn,
    folder: place.asset(Code.S3Key),
    handler: Handler,
    environment: Environment?.Variables ?? {},
    timeoutSeconds: Timeout,
    memoryMegabytes: MemorySize,
    ...(Role !== undefined && { credentials: credentials(Role, name, place) }),
  });
  return { ref: name, attributes: { Arn: functionArn } };
}

/** Lambda assumes the role with the function's name as the session name. */
function credentials(roleArn: string, name: string, { world: { iam } }: ResourceContext): Credentials {
  const role = iam.role(roleArn);
  if (role) return iam.assume(role, 'lambda.amazonaws.com', name).credentials;
  throw new Error(`function ${name}: found no role ${roleArn}`);
}

/** AWS::Lambda::Permission */
export function lambdaPermission(properties: Properties, place: ResourceContext): Created {
  const { FunctionName, Principal, SourceArn } = properties as Record<string, string>;
  place.world.iam.invocations.permit({
    functionArn: FunctionName ?? '',
    principal: Principal ?? '',
    sourceArn: SourceArn,
  });
  return { ref: generatedName(place), attributes: {} };
}

/** AWS::Lambda::Version: the first one published. */
export function lambdaVersion(properties: Properties, place: ResourceContext): Created {
  const name = String(properties.FunctionName).split(':function:').at(-1);
  return { ref: arn(place, 'lambda', `function:${name}:1`), attributes: { Version: '1' } };
}
