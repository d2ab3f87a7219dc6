import * as z from 'zod';
import { branchSchema, commitSchema, keySchema, nameSchema, sha256Schema } from './identifiers.ts';

/** An exact object in the store bucket. */
export const tarballSchema = z.strictObject({
  key: keySchema,
  version: z.string().min(1).max(1024).meta({ description: 'S3 version id.' }),
  sha256: sha256Schema,
});
export type Tarball = z.infer<typeof tarballSchema>;

export const gitEntrySchema = z.strictObject({
  branch: branchSchema,
  commit: commitSchema,
  overlay: tarballSchema.optional(),
});
export type GitEntry = z.infer<typeof gitEntrySchema>;

export const artifactEntrySchema = z.strictObject({ artifact: tarballSchema });
export type ArtifactEntry = z.infer<typeof artifactEntrySchema>;

export const entrySchema = z.union([gitEntrySchema, artifactEntrySchema]);
/** Exactly what one repository runs. */
export type Entry = z.infer<typeof entrySchema>;

export const releaseSchema = z.record(nameSchema, entrySchema);
/** Exactly what each repository runs, by name. */
export type Release = z.infer<typeof releaseSchema>;

export function isArtifact(entry: Entry): entry is ArtifactEntry {
  return 'artifact' in entry;
}

/** Whether two tarballs are the same bytes; a key or version may differ. */
function sameTarball(a: Tarball | undefined, b: Tarball | undefined): boolean {
  return a?.sha256 === b?.sha256;
}

/** Whether two entries put the same files on disk. Branches are not compared: a commit has one tree. */
export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b) return a === b;
  if (isArtifact(a) || isArtifact(b)) {
    return isArtifact(a) && isArtifact(b) && sameTarball(a.artifact, b.artifact);
  }
  return a.commit === b.commit && sameTarball(a.overlay, b.overlay);
}

/** Whether two entries name the same commit. */
export function sameCommit(a: Entry | undefined, b: Entry | undefined): boolean {
  return a !== undefined && b !== undefined && !isArtifact(a) && !isArtifact(b) && a.commit === b.commit;
}

/** Whether two releases put the same files on disk, repository by repository. */
export function sameRelease(a: Release, b: Release): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameEntry(a[name], b[name]));
}

/** Whether two releases name the same branches, repository by repository. */
export function sameBranches(a: Release, b: Release): boolean {
  const branch = (entry: Entry | undefined) => (entry && !isArtifact(entry) ? entry.branch : undefined);
  return Object.keys({ ...a, ...b }).every((name) => branch(a[name]) === branch(b[name]));
}

/** A release in a sentence: `site 1a2b3c4d, states 5e6f7a8b`. */
export function describeRelease(release: Release): string {
  const parts = Object.entries(release).map(
    ([name, entry]) =>
      `${name} ${isArtifact(entry) ? entry.artifact.sha256.slice(0, 8) : entry.commit.slice(0, 8)}`,
  );
  return parts.join(', ') || 'nothing';
}
