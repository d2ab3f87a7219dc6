import { defaultTiming } from '../../lib/local-aws/model/timing.ts';
import { launch } from '../../test/support/machine/launch.ts';
import type { Stage } from '../../test/support/machine/stage.ts';
import { comparison, medianRatio } from '../compare.ts';
import { atMost, type Result } from '../result.ts';
import { type Contestant, compete, type Times } from '../rounds.ts';
import { baked, end, withNode } from './image.ts';
import { type Boot, bootOf } from './phases.ts';

export interface BootsOptions {
  /** Instances that boot at once. */
  machines: number;
  pairs: number;
}

const names = {
  byHand: 'git clone, checkout, build, start',
  baked: 'Holdfast, baked image',
  bare: 'Holdfast, image with Node only',
};

/** From the launch of machines until all of them answer 200. Adds the boots of the baked image to `seen`. */
export async function boots(stage: Stage, { machines, pairs }: BootsOptions, seen: Boot[]): Promise<Result> {
  const start = (imageId: string, script?: string) => () =>
    launch(stage, { imageId, ...(script !== undefined && { userData: () => script }) });
  const contestants = [
    contestant(stage, names.byHand, machines, start(withNode, byHand(stage))),
    contestant(stage, names.baked, machines, start(baked), seen),
    contestant(stage, names.bare, machines, start(withNode)),
  ];
  const times = withoutLaunch(await compete(contestants, pairs));
  const many = machines === 1 ? 'One machine boots to 200' : `${machines} machines at once boot to 200`;
  return {
    title: many,
    method:
      'From the power to the first 200 of the sample site on every machine: systemd, cloud-init, user-data. By hand the user-data only clones, checks out, builds and starts; it records, checks and reports nothing.',
    table: comparison(times, [names.byHand]),
    verdicts: [atMost(`${many.toLowerCase()}, baked`, 1.5, medianRatio(times, names.baked, names.byHand))],
  };
}

function contestant(
  stage: Stage,
  name: string,
  machines: number,
  start: () => string,
  seen: Boot[] = [],
): Contestant {
  let ids: string[] = [];
  return {
    name,
    async run() {
      ids = Array.from({ length: machines }, start);
      await Promise.all(ids.map((id) => answers(stage, id)));
    },
    async check() {
      for (const id of ids) {
        const { body } = await stage.ask(id);
        if (!body.includes('release v1<')) throw new Error(`${name}: ${id} serves ${body}`);
        if (name === names.baked) seen.push(await bootOf(stage, id));
      }
      await end(stage, ids);
    },
  };
}

async function answers(stage: Stage, id: string): Promise<void> {
  const look = async () => ((await stage.ask(id, '/health')).status === 200 ? true : undefined);
  await stage.waitFor(`200 of ${id}`, look, { seconds: 120, show: [id] });
}

/** User-data as one would write it by hand. */
function byHand(stage: Stage): string {
  const commit = stage.commit('v1');
  const { repositories } = stage.environment.settings;
  const [site] = Object.values(repositories);
  if (!site || !('url' in site)) throw new Error('the sample site has no url');
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    `git clone --quiet ${site.url} /srv/site`,
    'cd /srv/site',
    `git checkout --quiet ${commit}`,
    'node build.mjs',
    'systemd-run --quiet --unit=service --working-directory=/srv/site --setenv=HOST=0.0.0.0 --setenv=PORT=8080 node server.mjs',
    '',
  ].join('\n');
}

/** The local AWS delays every launch by the same time: that is no part of a boot. */
function withoutLaunch(times: Times): Times {
  const less = (all: number[]) => all.map((each) => each - defaultTiming.launch / 1000);
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, less(all)]));
}
