import * as z from 'zod';
import type { Conditions } from '../aws/rules.ts';
import { type Colour, candidateColour } from '../release/colour.ts';
import { nameSchema } from '../release/identifiers.ts';
import { check } from '../release/validate.ts';
import type { Forward } from '../rollout/decisions/fleet.ts';

const text = z.string().min(1);

const routingSchema = z.object({
  Listener: text,
  TestListener: text,
  // CloudFormation passes numbers as text.
  Priority: z.coerce.number().int().min(1).max(50_000),
  Hosts: z.array(text).default([]),
  Paths: z.array(text).default([]),
  Blue: text,
  Green: text,
  // Resources of earlier versions do not have it.
  RuleSeconds: z.coerce.number().int().min(0).max(120).default(30),
});

const propertiesSchema = z.object({ Environment: nameSchema, Service: nameSchema });

/** How a service stands behind the listeners. */
export interface Routing {
  listener: string;
  testListener: string;
  priority: number;
  conditions: Conditions;
  targetGroups: { blue: string; green: string };
  /** Time that the load balancer has to apply changed rules. */
  ruleSeconds: number;
}

export interface RoutedService {
  environment: string;
  service: string;
  /** Left out: the service has no load balancer. */
  routing?: Routing;
}

/** Reads the properties of the custom resource. */
export function parseProperties(properties: unknown): RoutedService {
  const what = 'properties of the listener rules';
  const { Environment, Service } = check(propertiesSchema, properties, what);
  const named = { environment: Environment, service: Service };
  if (!(properties as { Listener?: unknown }).Listener) return named;
  const { Listener, TestListener, Priority, Hosts, Paths, Blue, Green, RuleSeconds } = check(
    routingSchema,
    properties,
    what,
  );
  return {
    ...named,
    routing: {
      listener: Listener,
      testListener: TestListener,
      priority: Priority,
      conditions: { hosts: Hosts, paths: Paths },
      targetGroups: { blue: Blue, green: Green },
      ruleSeconds: RuleSeconds,
    },
  };
}

/** Production traffic of a new rule: the serving colour, or a fixed 503 while none serves. */
export function productionForward({ targetGroups }: Routing, serving: Colour | undefined): Forward {
  return serving ? [{ targetGroup: targetGroups[serving], weight: 100 }] : [];
}

/**
 * Test traffic of a new rule: the serving colour, or the colour of the first candidate. The other one stands there
 * without weight: a target group that no rule names looks like a leftover to people and tools that clean up.
 */
export function testForward({ targetGroups }: Routing, serving: Colour = 'blue'): Forward {
  return [
    { targetGroup: targetGroups[serving], weight: 100 },
    { targetGroup: targetGroups[candidateColour(serving)], weight: 0 },
  ];
}
