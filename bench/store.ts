import type { Release, Tarball } from '../lib/release/release.ts';
import type { MadeTarball } from './product/tarball.ts';

/** Parameters and objects that contestants read. */
export interface Store {
  bucket: string;
  /** Environment with which the SDK finds it. */
  env: NodeJS.ProcessEnv;
  /** Records a release for an agent; `verified` says whether its commits are known to be on their branches. Default: true. */
  record(name: string, release: Release, verified?: boolean): Promise<void>;
  /** Puts a tarball into the bucket. */
  put(key: string, made: MadeTarball): Promise<Tarball>;
  /** Where an object is read without the SDK. */
  address(key: string): string;
}
