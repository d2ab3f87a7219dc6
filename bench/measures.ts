import type { Measure } from './bench.ts';
import { archive } from './measures/archive.ts';
import { firstDeployment } from './measures/first-deployment.ts';
import { growthOverChanges } from './measures/growth-changes.ts';
import { growthOverFiles } from './measures/growth-files.ts';
import { launchStorm } from './measures/launch-storm.ts';
import { memory } from './measures/memory.ts';
import { nothingToDo } from './measures/nothing-to-do.ts';
import { overlay } from './measures/overlay.ts';
import { rollout } from './measures/rollout.ts';
import { update } from './measures/update.ts';

/** All measures, by the name that `--only` takes. */
export const measures: Record<string, Measure> = {
  'first-deployment': firstDeployment,
  archive,
  update,
  'nothing-to-do': nothingToDo,
  overlay,
  memory,
  'growth-files': growthOverFiles,
  'growth-changes': growthOverChanges,
  rollout,
  'launch-storm': launchStorm,
};
