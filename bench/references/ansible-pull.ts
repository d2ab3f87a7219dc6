import { command } from '../command.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { at, home, type Setting, wipe } from '../setting.ts';
import { missing } from './available.ts';

/** ansible-pull of one commit with an empty playbook. */
export function ansiblePull(setting: Setting): Deployer {
  const folder = home(setting, 'ansible-pull');
  const args = ['-U', setting.url, '-d', folder, '-i', 'localhost,', 'local.yml'];
  return {
    name: names.ansible,
    folder,
    missing: missing('ansible-pull'),
    wipe: () => wipe(folder),
    deploy: (commit) => command('ansible-pull', [...args, '-C', commit], at(setting)),
  };
}
