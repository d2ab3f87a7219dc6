import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../../lib/local-aws/cloudformation/assembly.ts';
import { type DeployOptions, deployStacks } from '../../../lib/local-aws/cloudformation/deploy.ts';
import { startResponseServer } from '../../../lib/local-aws/cloudformation/responses.ts';
import type { Template } from '../../../lib/local-aws/cloudformation/template.ts';
import { Functions } from '../../../lib/local-aws/lambda/functions.ts';
import type { Hosts } from '../../../lib/local-aws/model/hosts.ts';
import { realClock } from '../../../lib/local-aws/real-clock.ts';
import { World } from '../../../lib/local-aws/world.ts';

const noHosts: Hosts = {
  address: () => '127.0.0.1',
  start: () => undefined,
  halt: async () => undefined,
  stop: async () => undefined,
  probe: async () => undefined,
  console: () => '',
};

export interface Stage {
  world: World;
  functions: Functions;
  /** Deploys templates as stacks `one`, `two`, ... with one Lambda bundle as the asset `code.zip`. */
  deploy(templates: Template[], options?: { code?: string; patch?: DeployOptions['patch'] }): Promise<void>;
  close(): Promise<void>;
}

const unchanged: DeployOptions['patch'] = (_, properties) => properties;

/** A local AWS without instances, to deploy templates into. */
export async function stage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const world = new World({
    clock: realClock,
    hosts: noHosts,
    place: { account: '222222222222', region: 'eu-west-1' },
  });
  const functions = new Functions({});
  const responses = await startResponseServer();
  const closers: (() => void)[] = [];
  return {
    world,
    functions,
    async deploy(templates, { code = '', patch = unchanged } = {}) {
      writeFileSync(join(folder, 'index.mjs'), code);
      const assembly: Assembly = {
        stacks: templates.map((template, index) => ({
          name: ['one', 'two', 'three'][index] ?? '',
          account: '222222222222',
          region: 'eu-west-1',
          template,
        })),
        asset: () => folder,
      };
      closers.push(await deployStacks({ assembly, world, functions, responses, patch }));
    },
    async close() {
      for (const close of closers) close();
      await functions.close();
      await responses.close();
      world.close();
      rmSync(folder, { recursive: true });
    },
  };
}
