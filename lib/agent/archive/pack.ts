import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import type { Git, GitPlace } from '../git/git.ts';
import { ArchiveCheck } from './archive-check.ts';
import { commitMember, treeFolder } from './member-names.ts';
import { receive } from './receive.ts';
import { Rejection } from './rejection.ts';

/** Every file as git stores it, not as a checkout or an export writes it. Overrides the commit's own attributes. */
const attributes = '* -text !eol !crlf !ident !filter !working-tree-encoding !export-ignore !export-subst\n';

/**
 * Packs a commit of a mirror into a file: the commit object, then its tree. It is made from git's objects alone, so
 * no output of a build or an application is in it, and is read back the way a launch will read it. Throws a Rejection
 * for a commit that an archive cannot hold.
 */
export async function pack(git: Git, mirror: string, commit: string, work: string): Promise<string> {
  const [plain, packed] = [join(work, 'archive.tar'), join(work, 'archive.tar.zst')];
  const place = await openBeside(git, mirror, join(work, 'pack.git'));
  const root = await rootOf(git, place, commit);
  await git.run(place, ['-c', 'tar.umask=0022', 'archive', '--format=tar', `--output=${plain}`, root]);
  await compress(plain, packed);
  rmSync(plain);
  await readAgain(packed, commit);
  return packed;
}

/** A temporary repository with the mirror's objects and its own attributes. */
async function openBeside(git: Git, mirror: string, dir: string): Promise<GitPlace> {
  const place = { dir };
  await git.run(place, ['init', '--quiet', '--bare', '--template=', dir]);
  for (const folder of ['info', 'objects/info']) mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, 'objects/info/alternates'), `${join(mirror, 'objects')}\n`);
  writeFileSync(join(dir, 'info/attributes'), attributes);
  return place;
}

/** A tree that holds the commit object as a file, and the commit's tree. Git sorts it, so the commit comes first. */
async function rootOf(git: Git, place: GitPlace, commit: string): Promise<string> {
  const files = await git.run(place, ['ls-tree', '-r', commit]);
  if (/^160000 /m.test(files)) throw new Rejection('the commit has submodules', false);
  const tree = await git.run(place, ['rev-parse', '--verify', `${commit}^{tree}`]);
  const { stdout } = await git.try(place, ['cat-file', 'commit', commit]);
  const blob = await git.run(place, ['hash-object', '-w', '--no-filters', '--stdin'], {
    input: Buffer.from(stdout, 'latin1'),
  });
  const entries = [`100644 blob ${blob}\t${commitMember}`, `040000 tree ${tree}\t${treeFolder}`];
  return await git.run(place, ['mktree'], { input: `${entries.join('\n')}\n` });
}

/** Uses Node's own zstd: the program is not on every machine, and nobody waits for this. */
async function compress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), zlib.createZstdCompress(), createWriteStream(to, { mode: 0o600 }));
}

async function readAgain(file: string, commit: string): Promise<void> {
  const object = {
    key: file,
    etag: '',
    version: '',
    size: statSync(file).size,
    body: createReadStream(file),
  };
  await receive(object, new ArchiveCheck(commit));
}
