import { isOnPath } from '../../../lib/agent/provision/install.ts';

/** Programs that a small Debian lacks, each with the package that brings it. */
const packages = {
  'ansible-playbook': 'ansible-core',
  bzip2: 'bzip2',
  shellcheck: 'shellcheck',
  'systemd-analyze': 'systemd',
  xz: 'xz-utils',
  zstd: 'zstd',
} as const;

export type Program = keyof typeof packages;

/** Ends the name of a test that is skipped; the reporter says it in one line for all of them. */
export const skipNote = (need: string) => ` (skipped: needs ${need})`;

const noteOf = (program: Program) => skipNote(`${program} of the package ${packages[program]}`);

/** `describe`, or a skipped one that names program and package. Without a program: `describe`. */
export function describeWith(program: Program | undefined, title: string, tests: () => void): void {
  if (program === undefined || isOnPath(program)) describe(title, tests);
  else describe.skip(title + noteOf(program), tests);
}

/** `it`, or a skipped one that names program and package. Without a program: `it`. */
export function itWith(program: Program | undefined, title: string, test: jest.ProvidesCallback): void {
  if (program === undefined || isOnPath(program)) it(title, test);
  else it.skip(title + noteOf(program), test);
}
