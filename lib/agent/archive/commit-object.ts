import type { CommitInfo } from '../../release/commit-info.ts';
import { isoDate } from '../git/mirror.ts';
import { idOf } from './git-objects.ts';
import { Rejection } from './rejection.ts';

/** The part of a commit that a launch needs. */
export interface CommitObject {
  tree: string;
  info: CommitInfo;
}

/** Parses a commit object whose hash was verified. */
export function parseCommit(commit: string, body: Buffer): CommitObject {
  const found = idOf('commit', body);
  if (found !== commit) throw new Rejection(`it holds commit ${found}`);
  const [header = '', ...message] = body.toString('utf8').split('\n\n');
  const tree = /^tree ([0-9a-f]{40})$/m.exec(header)?.[1];
  if (tree === undefined) throw new Rejection('its commit names no tree');
  const [, author = '', at = '0'] = /^author (.*?) ?<[^>\n]*> (-?\d+)/m.exec(header) ?? [];
  return { tree, info: { author, date: isoDate(Number(at)), subject: subjectOf(message) } };
}

/** The first paragraph on one line, as git shows it. */
function subjectOf(message: readonly string[]): string {
  const paragraph = message.map((text) => text.trim()).find((text) => text !== '');
  return (paragraph ?? '').split('\n').join(' ');
}
