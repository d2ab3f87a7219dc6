import type { Clock } from './clock.ts';
import { Iam } from './iam/iam.ts';
import type { AwsAccount } from './model/arns.ts';
import { AutoScaling } from './model/auto-scaling/auto-scaling.ts';
import { CloudFormation } from './model/cloudformation/cloudformation.ts';
import { CloudWatch } from './model/cloudwatch/cloudwatch.ts';
import { Ec2 } from './model/ec2/ec2.ts';
import { Elb } from './model/elb/elb.ts';
import { notModelled } from './model/error.ts';
import { Events } from './model/events/events.ts';
import { type Call, Faults } from './model/faults.ts';
import type { Hosts } from './model/hosts.ts';
import { Ids } from './model/ids.ts';
import { CloudWatchLogs } from './model/logs/logs.ts';
import { methodOf, type Services } from './model/operations.ts';
import { S3 } from './model/s3/s3.ts';
import { ScopedClock } from './model/scoped-clock.ts';
import { SecretsManager } from './model/secrets/secrets.ts';
import { readLimit } from './model/ssm/read-limit.ts';
import { Ssm } from './model/ssm/ssm.ts';
import { StepFunctions } from './model/states/states.ts';
import { defaultTiming, type Timing } from './model/timing.ts';

export interface WorldOptions {
  clock: Clock;
  hosts: Hosts;
  /** Default: account 000000000000 in us-east-1. */
  place?: AwsAccount;
  /** Default: short times that fit a rehearsal. */
  timing?: Partial<Timing>;
  /** Reads of Parameter Store a second. Default: no limit. */
  ssmReadsPerSecond?: number;
  /** Whether the rights of callers are checked. Default: every caller may do everything. */
  checksRights?: boolean;
}

/** The local AWS: one account in one region. Its classes read and change the state directly; `call` is a client's view. */
export class World {
  readonly place: AwsAccount;
  readonly faults: Faults;
  /** Secret of each access key whose signatures are checked on the wire. Other keys are let in. */
  readonly keys = new Map<string, string>();
  readonly iam: Iam;
  readonly events: Events;
  readonly ssm: Ssm;
  readonly s3: S3;
  readonly secrets: SecretsManager;
  readonly ec2: Ec2;
  readonly elb: Elb;
  readonly autoScaling: AutoScaling;
  readonly stepFunctions: StepFunctions;
  readonly cloudWatch: CloudWatch;
  readonly logs: CloudWatchLogs;
  readonly cloudFormation: CloudFormation;
  readonly clock: ScopedClock;
  readonly #services: Services;

  constructor({ clock: given, hosts, place, timing, ssmReadsPerSecond, checksRights }: WorldOptions) {
    const clock = new ScopedClock(given);
    const ids = new Ids();
    const times = { ...defaultTiming, ...timing };
    const here = place ?? { account: '000000000000', region: 'us-east-1' };
    this.clock = clock;
    this.place = here;
    this.iam = new Iam(here.account, this.keys);
    this.iam.checks = checksRights ?? false;
    this.faults = new Faults(clock);
    this.events = new Events(clock, here, ids);
    this.ssm = new Ssm(clock, here);
    this.s3 = new S3(clock, ids);
    this.secrets = new SecretsManager(clock, here, ids);
    this.ec2 = new Ec2(clock, hosts, ids, times, this.ssm);
    this.ec2.instances.credentials = ({ roleName, id }) => this.iam.instance(roleName, id);
    this.elb = new Elb(clock, hosts, ids, times, here);
    this.autoScaling = new AutoScaling(clock, times, ids, here, this.ec2, this.elb, this.ssm);
    this.stepFunctions = new StepFunctions(clock, here, ids, this.events);
    this.cloudWatch = new CloudWatch(clock, here, this.events);
    this.logs = new CloudWatchLogs(clock);
    this.cloudFormation = new CloudFormation(clock, here, this.ssm);
    if (ssmReadsPerSecond !== undefined) this.faults.add(readLimit(ssmReadsPerSecond, clock));
    this.#services = {
      ssm: this.ssm,
      s3: this.s3,
      secretsmanager: this.secrets,
      ec2: this.ec2,
      autoscaling: this.autoScaling,
      elasticloadbalancing: this.elb,
      states: this.stepFunctions,
      monitoring: this.cloudWatch,
      logs: this.logs,
      cloudformation: this.cloudFormation,
    };
  }

  /** One call of a client, rights and faults included. An operation that is not modelled is refused by name. */
  async call(call: Call): Promise<object> {
    const { service, operation, input } = call;
    const method = methodOf(this.#services, service, operation);
    if (!method) throw notModelled(`${service}:${operation}`);
    this.iam.authorize(call, this);
    return this.faults.around(call, (stale) => method(input, stale));
  }

  /** Cancels everything that is pending. The caller closes the hosts. */
  close(): void {
    this.clock.close();
  }
}
