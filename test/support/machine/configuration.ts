import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeKeys } from '../../../lib/config/resource-names.ts';
import { textOf } from './launch.ts';
import type { Stage } from './stage.ts';

/** Changes files of the states and pushes them; gives the commit. */
export function pushStates(stage: Stage, files: Record<string, string>): string {
  const cwd = join(stage.folder, 'states');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...author, 'commit', '--quiet', '--all', '--message', 'Change'], { cwd });
  return stage.tip('states');
}

/** What the last refresh of an instance reported that came to something else than the one before. */
export function refreshReportOf(stage: Stage, id: string) {
  const { settings, service } = stage.environment;
  return JSON.parse(textOf(stage, storeKeys.refresh(service, settings.roleId, id)) ?? '{}');
}
