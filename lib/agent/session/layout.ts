import { join } from 'node:path';

/** Where one repository's things are. */
export interface RepositoryPaths {
  /** Symlink to the release that runs. */
  current: string;
  /** Whole releases, nothing else. */
  releases: string;
  release(id: string): string;
  /** Bare repository with the fetched commits. */
  mirror: string;
  /** What the agent knows about each release. */
  notes: string;
  note(id: string): string;
  /** Git's index of a release: kept beside it, so that the tree holds nothing of git. */
  index(id: string): string;
  /** Directories and files being written or deleted; emptied at the start of every deployment. */
  work: string;
  buildLog: string;
}

/** Where things are on the machine. The agent's own lie in a folder that no repository can be named after. */
export interface Layout {
  root: string;
  stateFolder: string;
  lock: string;
  gitConfig: string;
  running: string;
  /** Becomes `running` once the release is healthy. */
  nextRunning: string;
  switching: string;
  startLog: string;
  drainLog: string;
  /** The drain command ran since the machine booted. */
  drained: string;
  /** Which release of the configuration was applied last. */
  provisioned: string;
  /** Empty but while a configuration is applied. */
  provisionWork: string;
  provisionLog: string;
  /** What was reported of the last refresh. */
  refreshed: string;
  repository(name: string): RepositoryPaths;
}

/** The paths below a root. */
export function layoutOf(root: string): Layout {
  const stateFolder = join(root, '.holdfast');
  return {
    root,
    stateFolder,
    lock: join(stateFolder, 'lock'),
    gitConfig: join(stateFolder, 'gitconfig'),
    running: join(stateFolder, 'running.json'),
    nextRunning: join(stateFolder, 'running.json.next'),
    switching: join(stateFolder, 'switching.json'),
    startLog: join(stateFolder, 'start.log'),
    drainLog: join(stateFolder, 'drain.log'),
    drained: join(stateFolder, 'drained.json'),
    provisioned: join(stateFolder, 'provisioned.json'),
    provisionWork: join(stateFolder, 'provision'),
    provisionLog: join(stateFolder, 'provision.log'),
    refreshed: join(stateFolder, 'refreshed.json'),
    repository: (name) => repositoryPaths(join(root, name), join(stateFolder, 'repositories', name)),
  };
}

function repositoryPaths(shown: string, stateFolder: string): RepositoryPaths {
  const releases = join(shown, 'releases');
  const notes = join(stateFolder, 'notes');
  return {
    current: join(shown, 'current'),
    releases,
    release: (id) => join(releases, id),
    mirror: join(stateFolder, 'mirror.git'),
    notes,
    note: (id) => join(notes, `${id}.json`),
    index: (id) => join(notes, `${id}.index`),
    work: join(stateFolder, 'work'),
    buildLog: join(stateFolder, 'build.log'),
  };
}
