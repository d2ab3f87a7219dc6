import { type App, Stack } from 'aws-cdk-lib';
import type { EnvironmentProps } from './environment.ts';

/** A stack in the account and region of its environment; its id is its name. */
export class EnvironmentStack extends Stack {
  constructor(app: App, name: string, description: string, { environment }: EnvironmentProps) {
    super(app, name, {
      stackName: name,
      description,
      env: { account: environment.account, region: environment.region },
    });
  }

  /** Of a VPC that this stack creates: written down, so that synth asks nobody and no zone ever moves. */
  override get availabilityZones(): string[] {
    return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${this.region}${letter}`);
  }
}
