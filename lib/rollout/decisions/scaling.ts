import type { Scaling } from '../../config/service.ts';

/** One target of automatic scaling, as a target-tracking policy holds it. */
export interface ScalingTarget {
  /** Of the policy. */
  name: string;
  value: number;
  /** Of requests per target: `app/<balancer>/<id>/targetgroup/<name>/<id>`; left out: average CPU in percent. */
  label?: string;
}

/** Targets that the settings ask for. Requests per target need a load balancer. */
export function wantedTargets(
  scaling: Scaling,
  behind: { rule: string; targetGroup: string } | undefined,
): ScalingTarget[] {
  const targets: ScalingTarget[] = [];
  if (scaling.cpuPercent !== undefined) targets.push({ name: 'holdfast-cpu', value: scaling.cpuPercent });
  if (scaling.requestsPerTarget !== undefined && behind) {
    const label = resourceLabel(behind.rule, behind.targetGroup);
    targets.push({ name: 'holdfast-requests', value: scaling.requestsPerTarget, label });
  }
  return targets;
}

/** Changes that leave exactly the wanted targets. Settings own a fleet's policies, so all others are removed. */
export function scalingChanges(
  present: readonly ScalingTarget[],
  wanted: readonly ScalingTarget[],
): { put: ScalingTarget[]; remove: string[] } {
  const same = (a: ScalingTarget, b: ScalingTarget) =>
    a.name === b.name && a.value === b.value && a.label === b.label;
  return {
    put: wanted.filter((target) => !present.some((other) => same(target, other))),
    remove: present.map(({ name }) => name).filter((name) => !wanted.some((target) => target.name === name)),
  };
}

/** Label by which a policy finds the requests of a target group behind a load balancer. */
function resourceLabel(rule: string, targetGroup: string): string {
  // arn:...:listener-rule/app/<name>/<id>/<listener>/<rule> and arn:...:targetgroup/<name>/<id>
  const balancer = rule.split(':listener-rule/')[1]?.split('/').slice(0, 3).join('/');
  return `${balancer}/${targetGroup.split(':').at(-1)}`;
}
