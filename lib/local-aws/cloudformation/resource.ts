import { hash } from 'node:crypto';
import type { FunctionHost } from '../lambda/functions.ts';
import type { World } from '../world.ts';
import type { ResponseServer } from './responses.ts';

/** Properties of a resource with all intrinsic functions carried out. */
export type Properties = Readonly<Record<string, unknown>>;

/** Values that a template can read from a resource. */
export interface Created {
  /** `Ref` */
  ref: string;
  /** `Fn::GetAtt` */
  attributes: Readonly<Record<string, unknown>>;
}

/** Context in which a resource is made. */
export interface ResourceContext {
  world: World;
  functions: FunctionHost;
  responses: ResponseServer;
  /** Delivers an event to a function. Default: invokes it and ignores its result. */
  deliver?: (functionArn: string, event: unknown) => void;
  /** Folder of an asset by its key. */
  asset(objectKey: string): string;
  stack: { id: string; name: string; account: string; region: string };
  logicalId: string;
  type: string;
  /** Called when the rehearsal ends. */
  atEnd(close: () => void): void;
}

/** Makes one resource. */
export type Create = (properties: Properties, place: ResourceContext) => Created | Promise<Created>;

/** Hex digits that belong to one resource of one stack. */
export function digest({ stack, logicalId }: ResourceContext, digits = 17): string {
  return hash('sha256', `${stack.name}/${logicalId}`).slice(0, digits);
}

/** A name as CloudFormation makes it up: from the stack and the logical id, at most `most` characters. */
export function generatedName(place: ResourceContext, most = 63): string {
  return `${place.stack.name}-${place.logicalId}`.slice(0, most - 9).concat('-', digest(place, 8));
}

export function arn({ stack }: ResourceContext, service: string, resource: string): string {
  return `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
}
