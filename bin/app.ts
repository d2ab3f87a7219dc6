import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfig } from '../lib/config/load.ts';
import { holdfastApp } from '../lib/infra/app.ts';
import { projectAssets } from '../lib/infra/assets.ts';
import { HoldfastError } from '../lib/release/errors.ts';

/** Writes the stacks of all environments. The CDK CLI runs it in the project's folder. */
async function main(): Promise<void> {
  const root = process.cwd();
  const app = holdfastApp(await loadConfig(process.env, root), projectAssets(root));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

main().catch((error: unknown) => {
  console.error(error instanceof HoldfastError ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
});
