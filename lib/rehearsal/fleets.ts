import { primaryRepository } from '../config/repository.ts';
import { parameterNames, tags } from '../config/resource-names.ts';
import { AwsError } from '../local-aws/model/error.ts';
import { type Colour, colours } from '../release/colour.ts';
import { type DeployedRecord, parseRecord } from '../release/record.ts';
import { isArtifact } from '../release/release.ts';
import type { LocalEnvironment } from './environment.ts';

/** One fleet of the rehearsed service, as the local AWS knows it. */
export interface FleetView {
  group: string;
  colour: Colour;
  /** Commit that its instances apply. */
  commit: string;
  /** Weight in the production rule, percent. */
  weight: number;
  isRecorded: boolean;
  desired: number;
  /** Ids of instances in service. */
  inService: string[];
}

/** The present fleets. */
export function fleetsOf(environment: LocalEnvironment): FleetView[] {
  const { world, name, service } = environment;
  const filters = { [tags.environment]: name, [tags.service]: service };
  const { AutoScalingGroups: groups = [] } = world.autoScaling.describeAutoScalingGroups({
    Filters: Object.entries(filters).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
  });
  const recorded = recordOf(environment)?.fleet;
  const weights = productionWeights(environment);
  return groups.map(
    ({ AutoScalingGroupName: group = '', Tags = [], Instances = [], DesiredCapacity: desired = 0 }) => {
      const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value ?? '';
      const colour = colours.find((each) => each === tag(tags.colour)) ?? 'blue';
      return {
        group,
        colour,
        commit: commitOf(parameterRecord(environment, tag(tags.record)), environment),
        weight: weights[colour],
        isRecorded: group === recorded,
        desired,
        inService: Instances.filter(({ LifecycleState }) => LifecycleState === 'InService').map(
          ({ InstanceId = '' }) => InstanceId,
        ),
      };
    },
  );
}

/** The record `deployed` of the service; undefined before its first deployment. */
export function recordOf(environment: LocalEnvironment): DeployedRecord | undefined {
  return parameterRecord(environment, parameterNames(environment.name, environment.service).deployed);
}

function parameterRecord({ world }: LocalEnvironment, name: string): DeployedRecord | undefined {
  try {
    const { Parameter } = world.ssm.getParameter({ Name: name });
    return Parameter?.Value === undefined ? undefined : parseRecord(Parameter.Value, name);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** The commit of the primary repository in a record; empty when there is none. */
export function commitOf(record: DeployedRecord | undefined, { settings }: LocalEnvironment): string {
  const entry = record?.release[primaryRepository(settings.repositories, settings.configuration)];
  return entry && !isArtifact(entry) ? entry.commit : '';
}

/** Percent of the production traffic by colour; none without a load balancer. */
function productionWeights({ world, settings: { balancer } }: LocalEnvironment): Record<Colour, number> {
  if (!balancer) return { blue: 0, green: 0 };
  const [rule] = world.elb.describeRules({ RuleArns: [balancer.rule] }).Rules ?? [];
  const groups = rule?.Actions?.flatMap(({ ForwardConfig }) => ForwardConfig?.TargetGroups ?? []) ?? [];
  const total = groups.reduce((sum, { Weight = 0 }) => sum + Weight, 0);
  const percent = (colour: Colour) => {
    const group = groups.find(({ TargetGroupArn }) => TargetGroupArn === balancer.targetGroups[colour]);
    return total === 0 ? 0 : Math.round(((group?.Weight ?? 0) / total) * 100);
  };
  return { blue: percent('blue'), green: percent('green') };
}

/** `blue live 1a2b3c4d 100 %, 2 of 2 in service | green 5e6f7a8b 0 %, 0 of 2 in service` */
export function describeFleets(fleets: readonly FleetView[]): string {
  if (fleets.length === 0) return 'no fleet';
  return fleets
    .map(({ colour, isRecorded, commit, weight, inService, desired }) =>
      [
        `${colour}${isRecorded ? ' live' : ''} ${commit.slice(0, 8)} ${weight} %`,
        `${inService.length} of ${desired} in service`,
      ].join(', '),
    )
    .join(' | ');
}
