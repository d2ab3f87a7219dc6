/** Contestants as the tables call them. */
export const names = {
  byHand: 'git fetch --depth 1, checkout (4 workers)',
  inPlace: 'git fetch, git checkout in place',
  holdfast: 'Holdfast',
  candidate: 'Holdfast, candidate (reachability proven)',
  archive: 'Holdfast, from its archive',
  capistrano: 'Capistrano, one machine',
  ansible: 'ansible-pull',
  node: 'node, doing nothing',
  oneParameter: 'Node and the bundled SDK, one GetParameter',
  idle: 'Holdfast with nothing to do',
  marginal: 'what the tarball adds to Holdfast',
  pipe: 'curl, zstd, tar in a pipe',
} as const;
