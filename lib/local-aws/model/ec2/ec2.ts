import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateResult,
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  DeleteLaunchTemplateVersionsRequest,
  DeleteLaunchTemplateVersionsResult,
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  GetConsoleOutputRequest,
  GetConsoleOutputResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import type { Clock } from '../../clock.ts';
import type { Hosts } from '../hosts.ts';
import type { Ids } from '../ids.ts';
import { page } from '../page.ts';
import type { Ssm } from '../ssm/ssm.ts';
import type { Timing } from '../timing.ts';
import { passesFilters } from './filters.ts';
import { describeInstance } from './instance.ts';
import { Instances } from './instances.ts';
import { LaunchTemplates } from './launch-templates.ts';
import { Profiles } from './profiles.ts';
import { describeTemplateVersions } from './template-versions.ts';

/** EC2: launch templates, and the instances that Auto Scaling groups launch from them. */
export class Ec2 {
  readonly profiles = new Profiles();
  readonly templates: LaunchTemplates;
  readonly instances: Instances;
  /** Availability zone of each subnet. */
  readonly zones = new Map<string, string>();
  readonly #ssm: Ssm;
  readonly #clock: Clock;

  constructor(clock: Clock, hosts: Hosts, ids: Ids, timing: Timing, ssm: Ssm) {
    this.#clock = clock;
    this.#ssm = ssm;
    this.templates = new LaunchTemplates(clock, ids);
    this.instances = new Instances(clock, hosts, ids, timing, this.profiles);
  }

  createLaunchTemplate(input: CreateLaunchTemplateRequest): CreateLaunchTemplateResult {
    return this.templates.create(input);
  }

  createLaunchTemplateVersion(input: CreateLaunchTemplateVersionRequest): CreateLaunchTemplateVersionResult {
    return this.templates.createVersion(input);
  }

  describeLaunchTemplateVersions(
    input: DescribeLaunchTemplateVersionsRequest,
  ): DescribeLaunchTemplateVersionsResult {
    return describeTemplateVersions(this.templates.find(input), input, this.#ssm);
  }

  deleteLaunchTemplateVersions(
    input: DeleteLaunchTemplateVersionsRequest,
  ): DeleteLaunchTemplateVersionsResult {
    return this.templates.deleteVersions(input);
  }

  describeInstances(input: DescribeInstancesRequest): DescribeInstancesResult {
    const named = input.InstanceIds?.map((id) => this.instances.get(id)) ?? this.instances.all();
    const found = named.filter((instance) => passesFilters(instance, input.Filters ?? []));
    const { items, nextToken } = page(found, input.NextToken, input.MaxResults ?? 1000);
    return {
      Reservations: items.map((instance) => ({
        ReservationId: `r-${instance.id.slice(2)}`,
        Instances: [describeInstance(instance)],
      })),
      NextToken: nextToken,
    };
  }

  terminateInstances(input: TerminateInstancesRequest): TerminateInstancesResult {
    const instances = (input.InstanceIds ?? []).map((id) => this.instances.get(id));
    return {
      TerminatingInstances: instances.map((instance) => {
        const PreviousState = describeInstance(instance).State;
        this.instances.terminate(instance.id);
        return { InstanceId: instance.id, PreviousState, CurrentState: describeInstance(instance).State };
      }),
    };
  }

  getConsoleOutput(input: GetConsoleOutputRequest): GetConsoleOutputResult {
    const text = this.instances.console(input.InstanceId ?? '');
    return {
      InstanceId: input.InstanceId,
      Timestamp: new Date(this.#clock.now()),
      Output: Buffer.from(text).toString('base64'),
    };
  }
}
