import { type App, Stack } from 'aws-cdk-lib';
import type { Environment } from '../config/schema.ts';
import type { Assets } from './assets.ts';

/** What every stack of an environment is made from. */
export interface EnvironmentProps {
  /** Name of the environment. */
  name: string;
  environment: Environment;
  assets: Assets;
}

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
