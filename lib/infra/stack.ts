import { type App, Stack } from 'aws-cdk-lib';
import type { Environment } from '../config/schema.ts';
import type { Assets } from './assets.ts';

/** Properties of every stack of an environment. */
export interface EnvironmentProps {
  /** Name of the environment. */
  name: string;
  environment: Environment;
  assets: Assets;
}

/** A stack in the account and region of its environment. Its id is its name. */
export class EnvironmentStack extends Stack {
  constructor(app: App, name: string, description: string, { environment }: EnvironmentProps) {
    super(app, name, {
      stackName: name,
      description,
      terminationProtection: environment.terminationProtection,
      env: { account: environment.account, region: environment.region },
    });
  }

  /** Zones of a VPC we create are listed explicitly: synth needs no lookup and zones never change. */
  override get availabilityZones(): string[] {
    return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${this.region}${letter}`);
  }
}
