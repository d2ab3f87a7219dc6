import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import type { Config } from '../config/schema.ts';
import type { Assets } from './assets.ts';
import { addEnvironment } from './environment.ts';

/** The CDK app with all stacks of all environments. `outdir` is the output folder; default: the CLI's choice. */
export function holdfastApp(config: Config, assets: Assets, outdir?: string): App {
  // The CLI reads the flags from cdk.json. They apply without the CLI too (tests, offline synth).
  const app = new App({ context: cdk.context, analyticsReporting: false, ...(outdir && { outdir }) });
  for (const [name, environment] of Object.entries(config.environments))
    addEnvironment(app, { name, environment, assets });
  return app;
}
