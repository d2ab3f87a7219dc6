import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Route } from '../../config/service.ts';
import type { Balancer } from '../network/balancer.ts';
import type { TargetGroups } from './target-groups.ts';

export interface ListenerRulesProps {
  environment: string;
  service: string;
  /** Function of lambda/listener-rules.ts. */
  handlerArn: string;
  /** Left out: the service has no load balancer. */
  behind?: { route: Route; balancer: Balancer; targetGroups: TargetGroups; ruleSeconds: number };
}

/** Longer than the handler may run, so that CloudFormation does not wait an hour for a dead one. */
const handlerTimeout = Duration.minutes(16);

/**
 * Puts a service behind the listeners without a rule in the template, because the actions of a rule belong to the
 * workflow. A service without a route has this resource too: when its stack is deleted, it ends the fleets.
 */
export class ListenerRules extends Construct {
  readonly rule: string;
  readonly testRule: string;

  constructor(
    scope: Construct,
    id: string,
    { environment, service, handlerArn, behind }: ListenerRulesProps,
  ) {
    super(scope, id);
    const resource = new CustomResource(this, 'resource', {
      resourceType: 'Custom::HoldfastListenerRules',
      serviceToken: handlerArn,
      serviceTimeout: handlerTimeout,
      properties: { Environment: environment, Service: service, ...(behind && routing(behind)) },
    });
    this.rule = resource.getAttString('RuleArn');
    this.testRule = resource.getAttString('TestRuleArn');
  }
}

function routing({ route, balancer, targetGroups, ruleSeconds }: NonNullable<ListenerRulesProps['behind']>) {
  return {
    Listener: balancer.production.listenerArn,
    TestListener: balancer.test.listenerArn,
    Priority: String(route.priority),
    Hosts: route.hosts,
    Paths: route.paths,
    Blue: targetGroups.blue.ref,
    Green: targetGroups.green.ref,
    RuleSeconds: String(ruleSeconds),
  };
}
