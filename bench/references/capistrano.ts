import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../command.ts';
import type { Deployer } from '../deployer.ts';
import { names } from '../names.ts';
import { at, home, type Setting, wipe } from '../setting.ts';
import { missing } from './available.ts';

const capfile = `
require 'capistrano/setup'
require 'capistrano/deploy'
require 'capistrano/scm/git'
install_plugin Capistrano::SCM::Git
`;

const deploy = (url: string, folder: string) => `
lock '~> 3.0'
set :application, 'site'
set :repo_url, '${url}'
set :branch, 'main'
set :deploy_to, '${folder}'
set :keep_releases, 3
set :tmp_dir, '${folder}-tmp'
`;

/** Commands run on this machine instead of over SSH: Capistrano at its fastest. */
const production = 'server :local, roles: %w[app]\n';

/** Capistrano with its default settings on one machine, deploying the tip of main. */
export function capistrano(setting: Setting): Deployer {
  const folder = home(setting, 'capistrano');
  const project = home(setting, 'capistrano-project');
  mkdirSync(join(project, 'config/deploy'), { recursive: true });
  mkdirSync(`${folder}-tmp`, { recursive: true });
  writeFileSync(join(project, 'Capfile'), capfile);
  writeFileSync(join(project, 'config/deploy.rb'), deploy(setting.url, folder));
  writeFileSync(join(project, 'config/deploy/production.rb'), production);
  return {
    name: names.capistrano,
    folder: join(folder, 'current'),
    missing: missing('cap'),
    wipe: () => wipe(folder),
    deploy: () => command('cap', ['production', 'deploy'], at(setting, project)),
  };
}
