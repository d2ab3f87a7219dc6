import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface NotificationsProps {
  environment: string;
  key: IKey;
  /** Addresses that hear of alarms. */
  emails: readonly string[];
}

/** Takes the alarms of an environment to people. */
export class Notifications extends Topic {
  constructor(scope: Construct, id: string, { environment, key, emails }: NotificationsProps) {
    super(scope, id, {
      topicName: `holdfast-${environment}-alarms`,
      displayName: `Holdfast ${environment}`,
      masterKey: key,
      enforceSSL: true,
    });
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com');
    this.grantPublish(alarms);
    key.grantEncryptDecrypt(alarms);
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
  }
}
