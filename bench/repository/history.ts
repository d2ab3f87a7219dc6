import { content } from './content.ts';
import { random } from './random.ts';
import { bytesOf, hotFiles, pathOf, type Shape } from './shape.ts';

/** File with the number of its commit, which tells which release a folder holds. */
export const versionFile = 'VERSION';

/** What ansible-pull looks for in a repository. */
const playbook = '- hosts: all\n  gather_facts: false\n  tasks: []\n';

const filesInCommit = 2;
const firstCommitAt = 1_600_000_000;
const secondsBetweenCommits = 3600;

/** The history of main in the language of `git fast-import`. */
export function* history(shape: Shape): Generator<string | Buffer> {
  yield* commit('main', 0);
  yield* file('local.yml', Buffer.from(playbook));
  for (let index = 0; index < shape.files; index += 1) yield* edition(index, 0, shape);
  for (let number = 1; number < shape.commits; number += 1) {
    yield* commit('main', number);
    const source = random(number);
    for (const index of someHotFiles(source.below, shape)) yield* edition(index, number, shape);
  }
}

/** A branch with one commit on top of `parent` that changes `count` files. */
export function* change(count: number, parent: string, shape: Shape): Generator<string | Buffer> {
  const branch = `changed-${count}`;
  yield `reset refs/heads/${branch}\nfrom ${parent}\n\n`;
  yield* commit(branch, shape.commits + count);
  const step = Math.max(1, Math.floor(shape.files / count));
  for (let turn = 0; turn < count; turn += 1) {
    yield* edition((turn * step) % shape.files, shape.commits + count, shape);
  }
}

function* commit(branch: string, number: number): Generator<string | Buffer> {
  const message = `change number ${number}`;
  yield `commit refs/heads/${branch}\n`;
  yield `committer Bench <bench@example.com> ${firstCommitAt + number * secondsBetweenCommits} +0000\n`;
  yield `data ${message.length}\n${message}\n`;
  yield* file(versionFile, Buffer.from(`${number}\n`));
}

function* edition(index: number, number: number, shape: Shape): Generator<string | Buffer> {
  yield* file(pathOf(index), content(index, number, bytesOf(index, shape)));
}

function* file(path: string, bytes: Buffer): Generator<string | Buffer> {
  yield `M 100644 inline ${path}\ndata ${bytes.length}\n`;
  yield bytes;
  yield '\n';
}

function someHotFiles(below: (end: number) => number, shape: Shape): number[] {
  const hot = Math.min(hotFiles, shape.files);
  return [...new Set(Array.from({ length: filesInCommit }, () => below(hot)))];
}
