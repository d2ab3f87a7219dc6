import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface NotificationsProps {
  environment: string;
  key: IKey;
  /** Recipients of alarms. */
  emails: readonly string[];
  /** Whether event rules publish to it too: failed image builds. */
  takesEvents: boolean;
}

/** Delivers the alarms of an environment to people. */
export class Notifications extends Topic {
  constructor(scope: Construct, id: string, { environment, key, emails, takesEvents }: NotificationsProps) {
    super(scope, id, {
      topicName: `holdfast-${environment}-alarms`,
      displayName: `Holdfast ${environment}`,
      masterKey: key,
      enforceSSL: true,
    });
    for (const sender of ['cloudwatch', ...(takesEvents ? ['events'] : [])]) {
      const principal = new ServicePrincipal(`${sender}.amazonaws.com`);
      this.grantPublish(principal);
      key.grantEncryptDecrypt(principal);
    }
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
  }
}
