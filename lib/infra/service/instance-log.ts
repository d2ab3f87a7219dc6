import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logGroupName } from '../../config/resource-names.ts';
import type { Service } from '../../config/service.ts';

export interface InstanceLogProps {
  environment: string;
  service: string;
  settings: Service;
}

/** Log group of a service's instances, with a stream for each. */
export class InstanceLog extends LogGroup {
  constructor(scope: Construct, id: string, { environment, service, settings }: InstanceLogProps) {
    super(scope, id, {
      logGroupName: logGroupName(environment, service),
      retention: settings.log.retentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
