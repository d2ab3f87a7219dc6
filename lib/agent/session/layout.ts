import { join } from 'node:path';

/** Paths of one repository. */
export interface RepositoryPaths {
  /** Symlink to the release that runs. */
  current: string;
  /** Complete releases, nothing else. */
  releases: string;
  release(id: string): string;
  /** Bare repository with the fetched commits. */
  mirror: string;
  /** Metadata of each release. */
  notes: string;
  note(id: string): string;
  /** Git's index of a release. It is outside of the tree, so that the tree holds nothing of git. */
  index(id: string): string;
  /** Directories and files that are being written or deleted; emptied at the start of every deployment. */
  work: string;
  /** What could not be removed. Each deployment tries again. */
  aside: string;
  buildLog: string;
}

/** Paths on the machine. The agent's own folder has a name that no repository can have. */
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
  /** Exists if the drain command ran since the machine booted. */
  drained: string;
  /** The release of the configuration that was applied last. */
  provisioned: string;
  /** Empty except while a configuration is applied. */
  provisionWork: string;
  provisionLog: string;
  /** The last refresh report. */
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
    aside: join(stateFolder, 'aside'),
    buildLog: join(stateFolder, 'build.log'),
  };
}
