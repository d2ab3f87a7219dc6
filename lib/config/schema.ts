import * as z from 'zod';
import { nameSchema } from '../release/identifiers.ts';
import { check } from '../release/validate.ts';
import { isGit } from './repository.ts';
import { type Service, serviceSchema } from './service.ts';
import { credentialsProblem } from './url.ts';

const subnets = z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'a subnet id')).min(2);

export const vpcSchema = z.union([
  z.strictObject({
    create: z
      .strictObject({
        cidr: z.cidrv4().default('10.0.0.0/16').meta({ description: 'Address range. Default: 10.0.0.0/16.' }),
        zones: z
          .union([z.int().min(2).max(6), z.array(z.string().min(1)).min(2).max(6)])
          .default(2)
          .meta({ description: 'Availability zones: a number, from `<region>a` on, or names. Default: 2.' }),
        natGateways: z.int().min(1).max(6).default(1).meta({ description: 'NAT gateways. Default: 1.' }),
      })
      .meta({ description: 'A VPC of its own.' }),
  }),
  z.strictObject({
    id: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/, 'a VPC id')
      .meta({ description: 'An existing VPC.' }),
    zones: z
      .array(z.string().min(1))
      .min(2)
      .meta({ description: 'Availability zones, in the order of the subnets.' }),
    cidr: z
      .cidrv4()
      .optional()
      .meta({ description: 'Address range of the VPC. Default: every private range (RFC 1918).' }),
    privateSubnets: subnets.meta({ description: 'Subnets of the instances.' }),
    publicSubnets: subnets.meta({ description: 'Subnets of the load balancer.' }),
  }),
]);
export type Vpc = z.infer<typeof vpcSchema>;

/** Instance metadata shows tags, and refuses keys with "/" or a space. */
const tagKeySchema = z
  .string()
  .regex(
    /^(?!aws:)[A-Za-z0-9+=.,_:@-]{1,128}$/i,
    'a tag key of letters, digits and + - = . , _ : @, not starting with "aws:"',
  );

export const environmentSchema = z
  .strictObject({
    account: z
      .string()
      .regex(/^\d{12}$/, 'an account id of 12 digits')
      .meta({ description: 'AWS account.' }),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-west-1')
      .meta({ description: 'AWS region.' }),
    vpc: vpcSchema
      .prefault({ create: {} })
      .meta({ description: 'Network to create or use. Default: create one.' }),
    internetFacing: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the load balancer is reachable from the internet. Default: true.' }),
    terminationProtection: z.boolean().default(true).meta({
      description:
        'Whether deletion of the stacks and of the load balancer is refused. Default: true; false for an environment that comes and goes, such as one of a branch.',
    }),
    balancerTargets: z
      .int()
      .min(1)
      .default(1000)
      .meta({ description: "Targets that the account's quota allows a load balancer. Default: 1000." }),
    certificate: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:/, 'the ARN of an ACM certificate')
      .optional()
      .meta({
        description: 'Certificate of the load balancer; with it HTTP redirects to HTTPS. Default: HTTP only.',
      }),
    permissionsBoundary: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:policy\//, 'the ARN of a policy')
      .optional()
      .meta({
        description: 'Permissions boundary of every role. Default: none.',
      }),
    tags: z
      .record(tagKeySchema, z.string().max(256))
      .default({})
      .meta({ description: 'Tags of every resource. Default: none.' }),
    notify: z
      .array(z.email())
      .default([])
      .meta({ description: 'Addresses that hear of failed deployments. Default: none.' }),
    services: z.record(nameSchema, serviceSchema).meta({ description: 'Services by name.' }),
  })
  .superRefine((environment, context) => {
    const taken = new Map<number, string>();
    for (const [name, service] of Object.entries(environment.services)) {
      const priority = service.route?.priority;
      if (priority === undefined) continue;
      const other = taken.get(priority);
      if (other) {
        context.addIssue({
          code: 'custom',
          path: ['services', name, 'route', 'priority'],
          message: `a unique priority; service ${other} already uses it`,
          input: priority,
        });
      }
      taken.set(priority, name);
    }
    refuseOpenCredentials(environment.services, context);
    refuseTooManyTargets(environment, context);
    const routed = Object.values(environment.services).filter((service) => service.route).length;
    if (routed > 50) {
      context.addIssue({
        code: 'custom',
        path: ['services'],
        message: 'at most 50 services with a route: a load balancer holds 100 target groups, two a service',
        input: routed,
      });
    }
  });
/** An environment as checked, defaults filled in. */
export type Environment = z.infer<typeof environmentSchema>;

/** All fleets behind the load balancer at their largest, and one of them twice: a candidate stands beside its fleet. */
function refuseTooManyTargets(
  { services, balancerTargets }: { services: Record<string, Service>; balancerTargets: number },
  context: z.RefinementCtx,
): void {
  const routed = Object.entries(services).filter(([, { route }]) => route);
  const sizes = routed.map(([, { capacity }]) => capacity.max);
  const needed = sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, ...sizes);
  if (needed <= balancerTargets) return;
  const fleets = routed.map(([name, { capacity }]) => `${name} ${capacity.max}`).join(', ');
  context.addIssue({
    code: 'custom',
    path: ['balancerTargets'],
    message: `at least ${needed} targets: ${fleets} at most, and the largest twice while it is deployed; lower capacity.max, or have the quota raised and name it here`,
    input: balancerTargets,
  });
}

/** Only here, not where settings are read: instances go on with settings of an earlier version. */
function refuseOpenCredentials(services: Record<string, Service>, context: z.RefinementCtx): void {
  for (const [service, { repositories }] of Object.entries(services)) {
    for (const [name, repository] of Object.entries(repositories)) {
      if (!isGit(repository) || !repository.credentials) continue;
      const message = credentialsProblem(repository.url);
      const path = ['services', service, 'repositories', name, 'credentials'];
      if (message) context.addIssue({ code: 'custom', path, message, input: repository.url });
    }
  }
}

export const configSchema = z.strictObject({
  environments: z.record(nameSchema, environmentSchema).meta({ description: 'Environments by name.' }),
});
/** The configuration as checked, defaults filled in. */
export type Config = z.infer<typeof configSchema>;
/** The configuration as written by a person. */
export type ConfigInput = z.input<typeof configSchema>;

/** Types a configuration file without changing it. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/** Checks a configuration; `what` names its file in errors. */
export function checkConfig(config: unknown, what: string): Config {
  return check(configSchema, config, what);
}
