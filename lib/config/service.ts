import * as z from 'zod';
import { nameSchema } from '../release/identifiers.ts';
import { defaultImage, imageSchema } from './image.ts';
import { imageBuildSchema } from './image-build.ts';
import { machineKeys, machineProblems } from './instance-keys.ts';
import { logSchema } from './log.ts';
import { repositoriesSchema } from './repository.ts';
import { rolloutSchema } from './rollout-times.ts';
import { userDataKeys } from './user-data.ts';
import { warmPoolSchema } from './warm-pool.ts';

export const capacitySchema = z
  .strictObject({
    min: z.int().min(1).max(1000).meta({ description: 'Fewest instances.' }),
    max: z.int().min(1).max(1000).meta({ description: 'Most instances.' }),
  })
  .refine(({ min, max }) => min <= max, { message: 'min not above max' });
export type Capacity = z.infer<typeof capacitySchema>;

export const scalingSchema = z.strictObject({
  cpuPercent: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Average CPU to hold. Default: not a target.' }),
  requestsPerTarget: z.int().min(1).optional().meta({
    description: 'Requests a minute for each instance to hold; needs `route`. Default: not a target.',
  }),
});
export type Scaling = z.infer<typeof scalingSchema>;

const path = z
  .string()
  .regex(/^\/[A-Za-z0-9/._~%!$&'()*+,;=:@?-]*$/, 'a path that starts with "/"')
  .max(256);

export const healthSchema = z
  .strictObject({
    path: path
      .default('/')
      .meta({ description: 'Path that answers 200 when the instance is healthy. Default: /.' }),
    timeoutSeconds: z.int().min(1).max(3600).default(60).meta({
      description: 'Time that a started release has to answer 200 on its instance. Seconds. Default: 60.',
    }),
    intervalSeconds: z.int().min(5).max(300).default(10).meta({
      description: 'Time between two checks of the load balancer. Seconds. Default: 10.',
    }),
    checkTimeoutSeconds: z.int().min(2).max(120).default(4).meta({
      description: 'Time one check of the load balancer may take. Seconds. Default: 4.',
    }),
    healthyThreshold: z
      .int()
      .min(2)
      .max(10)
      .default(2)
      .meta({ description: 'Passed checks before a failing target is healthy again. Default: 2.' }),
    unhealthyThreshold: z
      .int()
      .min(2)
      .max(10)
      .default(2)
      .meta({ description: 'Failed checks before a target is unhealthy. Default: 2.' }),
    matcher: z
      .string()
      .regex(/^[2-4]\d\d([,-][2-4]\d\d)*$/, 'HTTP codes such as 200 or 200-299')
      .default('200')
      .meta({
        description: 'HTTP codes that the load balancer takes for healthy. Default: 200.',
      }),
  })
  .refine((health) => health.checkTimeoutSeconds < health.intervalSeconds, {
    message: 'checkTimeoutSeconds below intervalSeconds',
  });
export type Health = z.infer<typeof healthSchema>;

export const routeSchema = z
  .strictObject({
    priority: z
      .int()
      .min(1)
      .max(50_000)
      .meta({ description: 'Rule priority; unique in the environment; lower wins.' }),
    hosts: z
      .array(z.string().regex(/^[A-Za-z0-9*?.-]{1,128}$/, 'a host name, * and ? allowed'))
      .default([])
      .meta({
        description: 'Host names that belong to the service. Default: all.',
      }),
    paths: z
      .array(
        z
          .string()
          .regex(/^\/[A-Za-z0-9*?_.$/~"'@:+&-]{0,127}$/, 'a path that starts with "/", * and ? allowed'),
      )
      .default([])
      .meta({
        description: 'Paths that belong to the service. Default: all.',
      }),
  })
  .refine(({ hosts, paths }) => hosts.length + paths.length <= 5, {
    message: 'at most 5 hosts and paths together: a rule of the load balancer holds 5 condition values',
  })
  .refine(({ hosts, paths }) => hosts.length + paths.length > 0, {
    message: 'at least one host or path; "/*" is every path',
  });
export type Route = z.infer<typeof routeSchema>;

/** Who writes the record `deployed`. Left out: the workflow. */
export const recorderSchema = z.literal('instances');

export const serviceSchema = z
  .strictObject({
    tier: z
      .enum(['web', 'middle', 'data', 'monitoring'])
      .meta({ description: 'Kind of the service among those of its environment; kept in the settings.' }),
    role: nameSchema.optional().meta({
      description: 'Role of the instances; part of their minion id. Default: the name of the service.',
    }),
    repositories: repositoriesSchema.meta({
      description: 'By name, every repository installed on the instances.',
    }),
    configuration: nameSchema.optional().meta({
      description: 'Which of the repositories holds the configuration states. Default: none.',
    }),
    ...machineKeys,
    ...userDataKeys,
    log: logSchema.prefault({}).meta({ description: 'Log of the instances, in CloudWatch Logs.' }),
    start: z.string().min(1).max(1024).optional().meta({
      description:
        'Shell line that starts or restarts the service and returns; gets HOST and PORT. Default: nothing to start.',
    }),
    root: z
      .string()
      .regex(/^\/[A-Za-z0-9/._-]*[A-Za-z0-9_-]$/, 'an absolute path')
      .default('/srv/holdfast')
      .meta({
        description: 'Folder on the instances that holds the releases. Default: /srv/holdfast.',
      }),
    record: recorderSchema.optional().meta({
      description:
        '`instances`: no workflow deploys; each host deploys by hand and records. Default: the workflow deploys and records.',
    }),
    capacity: capacitySchema
      .default({ min: 1, max: 1 })
      .meta({ description: 'Size of the fleet. Default: one instance.' }),
    scaling: scalingSchema.default({}).meta({ description: 'Targets of automatic scaling. Default: none.' }),
    warmPool: warmPoolSchema.optional().meta({
      description: 'Instances that are built and wait, stopped, for the fleet to grow. Default: none.',
    }),
    instanceType: z
      .string()
      .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'an instance type such as t4g.small')
      .default('t4g.small')
      .meta({
        description: 'EC2 instance type. Default: t4g.small.',
      }),
    image: imageSchema
      .default(defaultImage)
      .meta({ description: 'Machine image. Default: Amazon Linux 2023 for arm64.' }),
    imageBuild: imageBuildSchema.optional().meta({
      description:
        'Makes a stack that builds base images and writes their id to /holdfast/<environment>/<service>/image. Default: none.',
    }),
    port: z.int().min(1).max(65_535).optional().meta({
      description: 'Port that the service answers on. Needed with `route` or `health`. Default: none.',
    }),
    health: healthSchema
      .optional()
      .meta({ description: 'Health check. Default: 200 on / with `route`, none without.' }),
    route: routeSchema
      .optional()
      .meta({ description: 'What the load balancer sends to the service. Default: no load balancer.' }),
    rollout: rolloutSchema.prefault({}).meta({ description: 'Times of a deployment.' }),
  })
  .superRefine((service, context) => {
    const issue = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: 'custom', path: [path], message, input });
    if ((service.route || service.health) && service.port === undefined)
      issue('port', 'a port, because the service has a route or a health check', undefined);
    if (service.configuration && !(service.configuration in service.repositories)) {
      issue(
        'configuration',
        `one of the repositories: ${Object.keys(service.repositories).join(', ')}`,
        service.configuration,
      );
    }
    for (const problem of machineProblems(service, service.configuration, service.repositories))
      issue(...problem);
    for (const problem of hostProblems(service)) issue(...problem);
    const most = service.rollout.terminateSeconds - service.rollout.drainSeconds;
    if (service.drain && service.drain.deadlineSeconds > most)
      issue(
        'drain',
        `a deadlineSeconds of at most ${most}: rollout.terminateSeconds less drainSeconds, after which the fleet is ended by force`,
        service.drain.deadlineSeconds,
      );
    if (service.configurationBranch !== undefined && service.configuration === undefined)
      issue('configurationBranch', 'no branch without a configuration', service.configurationBranch);
    if (service.scaling.requestsPerTarget && !service.route)
      issue('scaling', 'no requestsPerTarget without a route', service.scaling);
  });
/** A service as checked, defaults filled in. */
export type Service = z.infer<typeof serviceSchema>;

/** Problems of a service whose instances record: key, expected value, found value. */
function hostProblems({
  record,
  route,
  warmPool,
}: Pick<Service, 'record' | 'route' | 'warmPool'>): [key: string, expected: string, found: unknown][] {
  if (record !== 'instances') return [];
  const problems: [string, string, unknown][] = [];
  if (route)
    problems.push([
      'route',
      'none with record: "instances", because nothing moves traffic between releases',
      route,
    ]);
  if (warmPool)
    problems.push([
      'warmPool',
      'none with record: "instances", because its machines would wait on an old release',
      warmPool,
    ]);
  return problems;
}
