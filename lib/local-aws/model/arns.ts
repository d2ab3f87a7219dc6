/** Account and region that all resources of a world belong to. */
export interface AwsAccount {
  account: string;
  region: string;
}

export const arn = {
  parameter: (place: AwsAccount, name: string) =>
    `arn:aws:ssm:${place.region}:${place.account}:parameter${name.startsWith('/') ? name : `/${name}`}`,
  secret: (place: AwsAccount, name: string, suffix: string) =>
    `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-${suffix}`,
  group: (place: AwsAccount, uuid: string, name: string) =>
    `arn:aws:autoscaling:${place.region}:${place.account}:autoScalingGroup:${uuid}:autoScalingGroupName/${name}`,
  policy: (place: AwsAccount, uuid: string, group: string, name: string) =>
    `arn:aws:autoscaling:${place.region}:${place.account}:scalingPolicy:${uuid}:autoScalingGroupName/${group}:policyName/${name}`,
  loadBalancer: (place: AwsAccount, name: string, id: string) =>
    `${elb(place)}:loadbalancer/app/${name}/${id}`,
  listener: (place: AwsAccount, balancer: string, id: string) =>
    `${elb(place)}:listener/${balancerPart(balancer)}/${id}`,
  rule: (place: AwsAccount, listener: string, id: string) =>
    `${elb(place)}:listener-rule/${listener.slice(listener.indexOf('listener/') + 'listener/'.length)}/${id}`,
  targetGroup: (place: AwsAccount, name: string, id: string) => `${elb(place)}:targetgroup/${name}/${id}`,
  machine: (place: AwsAccount, name: string) => `${states(place)}:stateMachine:${name}`,
  execution: (place: AwsAccount, machine: string, name: string) =>
    `${states(place)}:execution:${machine}:${name}`,
  logStream: (place: AwsAccount, group: string, stream: string) =>
    `arn:aws:logs:${place.region}:${place.account}:log-group:${group}:log-stream:${stream}`,
  stack: (place: AwsAccount, name: string) =>
    `arn:aws:cloudformation:${place.region}:${place.account}:stack/${name}/rehearsal`,
  alarm: (place: AwsAccount, name: string) =>
    `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}`,
} as const;

function elb({ region, account }: AwsAccount): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}`;
}

function states({ region, account }: AwsAccount): string {
  return `arn:aws:states:${region}:${account}`;
}

/** `app/NAME/ID` of a load balancer's ARN. */
function balancerPart(balancer: string): string {
  return balancer.slice(balancer.indexOf('loadbalancer/') + 'loadbalancer/'.length);
}
