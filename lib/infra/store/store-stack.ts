import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type EnvironmentProps, EnvironmentStack } from '../stack.ts';
import { stackNames } from '../stack-names.ts';
import { AgentObject } from './agent-object.ts';
import { LogsBucket } from './logs-bucket.ts';
import { StoreBucket } from './store-bucket.ts';

/** Everything that outlives the other stacks: journal, overlays, archives, reports, evidence, agents. */
export class StoreStack extends EnvironmentStack {
  readonly key: Key;
  readonly logs: IBucket;

  constructor(app: App, props: EnvironmentProps) {
    const { name } = props;
    super(app, stackNames.store(name), `Holdfast ${name}: what is kept`, props);
    this.key = new Key(this, 'key', {
      alias: `holdfast-${name}`,
      description: `Holdfast ${name}: store bucket and notifications`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.logs = new LogsBucket(this, 'logs') as IBucket;
    const bucket = new StoreBucket(this, 'bucket', { environment: name, key: this.key, logs: this.logs });
    const agent = new AgentObject(this, 'agent', { environment: name, key: this.key, assets: props.assets });
    agent.node.addDependency(bucket);
  }
}
