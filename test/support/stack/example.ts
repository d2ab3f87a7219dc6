import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type Config, type ConfigInput, checkConfig } from '../../../lib/config/schema.ts';
import { holdfastApp } from '../../../lib/infra/app.ts';
import type { Assets } from '../../../lib/infra/assets.ts';

export type EnvironmentInput = ConfigInput['environments'][string];
export type ServiceInput = EnvironmentInput['services'][string];

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface TemplateJson {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, unknown>;
}

// Stacks are checked by their own tests; the library's rules cost seconds and have one, too.
process.env.CDK_VALIDATION = 'false';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(prefix: string): string {
  const made = mkdtempSync(join(tmpdir(), prefix));
  folders.push(made);
  return made;
}

/** Bundles that nobody built: one line each, so that stacks can be made without a build. */
export function fakeAssets(): Assets {
  const root = folder('holdfast-assets-');
  return {
    lambda(name) {
      const path = join(root, name);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'index.mjs'), `export const handler = async () => '${name}';\n`);
      return path;
    },
    agentSha256: 'a'.repeat(64),
    bootScript: "#!/bin/bash\ninit='@INIT@'\n",
  };
}

export const web: ServiceInput = {
  tier: 'web',
  repositories: { site: { url: 'https://git.example.com/shop/site.git', branch: 'main' } },
  capacity: { min: 2, max: 4 },
  port: 8080,
  health: { path: '/health' },
  route: { priority: 100, hosts: ['shop.example.com'] },
  metadata: 'root',
};

export const worker: ServiceInput = {
  tier: 'middle',
  repositories: { jobs: { url: 'https://git.example.com/shop/jobs.git', branch: 'main' } },
  metadata: 'root',
};

/** A configuration with one environment `test`. */
function configOf(environment: Partial<EnvironmentInput> = {}): Config {
  return checkConfig(
    {
      environments: {
        test: {
          account: '123456789012',
          region: 'eu-west-1',
          services: { web, worker },
          ...environment,
        },
      },
    },
    'the test',
  );
}

/** The app of one environment `test`. */
export function appOf(environment: Partial<EnvironmentInput> = {}, assets: Assets = fakeAssets()): App {
  return holdfastApp(configOf(environment), assets, folder('holdfast-cdk-'));
}

/** A stack without anything in it. */
export function emptyStack(name = 'stack', props: StackProps = {}): Stack {
  return new Stack(new App({ outdir: folder('holdfast-cdk-') }), name, props);
}

/** A stack of an app by name. */
function stackOf(app: App, name: string): Stack {
  return app.node.findChild(name) as Stack;
}

const apps = new Map<string, App>();

/** Template of a stack of the environment `test`: `store`, `network`, `rollout` or `service-<name>`. */
export function templateOf(kind: string, environment: Partial<EnvironmentInput> = {}): Template {
  const key = JSON.stringify(environment);
  const app = apps.get(key) ?? appOf(environment);
  apps.set(key, app);
  return Template.fromStack(stackOf(app, `holdfast-test-${kind}`));
}

/** All templates of an app by stack name. */
export function templatesOf(app: App): Record<string, TemplateJson> {
  const { stacks } = app.synth();
  // Read again, so that values can be compared whichever library made them.
  return Object.fromEntries(
    stacks.map(({ stackName, template }) => [
      stackName,
      JSON.parse(JSON.stringify(template)) as TemplateJson,
    ]),
  );
}

/** The only resource of a type. */
export function onlyResource(template: Template, type: string): Resource & { id: string } {
  const found = Object.entries(template.findResources(type));
  if (found.length !== 1) throw new Error(`found ${found.length} resources of type ${type}, expected one`);
  const [id, resource] = found[0] as [string, Resource];
  return { id, ...resource };
}
