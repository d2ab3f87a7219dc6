import { execFileSync } from 'node:child_process';

/** Adds packs with one object each to a repository, as that many fetches would. */
export function addPacks(repository: string, count: number): void {
  const each = (n: number) => `blob\ndata <<end\nobject ${n}\nend\ncheckpoint\n`;
  execFileSync('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet'], {
    cwd: repository,
    input: Array.from({ length: count }, (_, n) => each(n)).join(''),
  });
}
