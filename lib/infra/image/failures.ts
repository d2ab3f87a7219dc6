import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { describeAlarm } from '../alarm.ts';
import { arn } from '../stack-names.ts';

export interface ImageFailuresProps {
  environment: string;
  service: string;
  /** Name of the recipe, which its images are named after. */
  recipe: string;
  topic: ITopic;
}

/** Notifies people of a failed image build. */
export class ImageFailures extends Construct {
  constructor(scope: Construct, id: string, { environment, service, recipe, topic }: ImageFailuresProps) {
    super(scope, id);
    const reason = EventField.fromPath('$.detail.state.reason');
    const message = describeAlarm(
      `An image of ${service} in ${environment} could not be built: ${reason}`,
      'image-build-failed',
    );
    new Rule(this, 'rule', {
      description: `Image builds of ${service} that failed`,
      eventPattern: {
        source: ['aws.imagebuilder'],
        detailType: ['EC2 Image Builder Image State Change'],
        resources: [{ prefix: arn(this, 'imagebuilder', `image/${recipe}/`) }] as unknown as string[],
        detail: { state: { status: ['FAILED'] } },
      },
      targets: [new SnsTopic(topic, { message: RuleTargetInput.fromText(message) })],
    });
  }
}
