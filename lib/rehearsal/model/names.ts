/** Account and region that all resources of a world belong to. */
export interface Place {
  account: string;
  region: string;
}

export const arn = {
  parameter: (place: Place, name: string) =>
    `arn:aws:ssm:${place.region}:${place.account}:parameter${name.startsWith('/') ? name : `/${name}`}`,
  secret: (place: Place, name: string, suffix: string) =>
    `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-${suffix}`,
  group: (place: Place, uuid: string, name: string) =>
    `arn:aws:autoscaling:${place.region}:${place.account}:autoScalingGroup:${uuid}:autoScalingGroupName/${name}`,
  policy: (place: Place, uuid: string, group: string, name: string) =>
    `arn:aws:autoscaling:${place.region}:${place.account}:scalingPolicy:${uuid}:autoScalingGroupName/${group}:policyName/${name}`,
  loadBalancer: (place: Place, name: string, id: string) => `${elb(place)}:loadbalancer/app/${name}/${id}`,
  listener: (place: Place, balancer: string, id: string) =>
    `${elb(place)}:listener/${balancerPart(balancer)}/${id}`,
  rule: (place: Place, listener: string, id: string) =>
    `${elb(place)}:listener-rule/${listener.slice(listener.indexOf('listener/') + 'listener/'.length)}/${id}`,
  targetGroup: (place: Place, name: string, id: string) => `${elb(place)}:targetgroup/${name}/${id}`,
  machine: (place: Place, name: string) => `${states(place)}:stateMachine:${name}`,
  execution: (place: Place, machine: string, name: string) => `${states(place)}:execution:${machine}:${name}`,
  logStream: (place: Place, group: string, stream: string) =>
    `arn:aws:logs:${place.region}:${place.account}:log-group:${group}:log-stream:${stream}`,
  stack: (place: Place, name: string) =>
    `arn:aws:cloudformation:${place.region}:${place.account}:stack/${name}/rehearsal`,
  alarm: (place: Place, name: string) => `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}`,
} as const;

function elb({ region, account }: Place): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}`;
}

function states({ region, account }: Place): string {
  return `arn:aws:states:${region}:${account}`;
}

/** `app/NAME/ID` of a load balancer's ARN. */
function balancerPart(balancer: string): string {
  return balancer.slice(balancer.indexOf('loadbalancer/') + 'loadbalancer/'.length);
}
