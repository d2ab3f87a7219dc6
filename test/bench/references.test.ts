import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onFreshMachines, present } from '../../bench/deployer.ts';
import { makePlace } from '../../bench/place.ts';
import { missing } from '../../bench/references/available.ts';
import { byHand } from '../../bench/references/by-hand.ts';
import { inPlace } from '../../bench/references/in-place.ts';
import { repository } from '../../bench/repository/repository.ts';
import { compete } from '../../bench/rounds.ts';
import { type Served, serve } from '../../bench/served.ts';
import { steps } from '../../bench/steps.ts';
import { type GitServer, startGitServer } from '../../lib/rehearsal/git/server.ts';

const shape = { files: 30, fileBytes: 200, commits: 7 };
const place = makePlace();
let server: GitServer;
let served: Served;

beforeAll(async () => {
  server = await startGitServer();
  served = await serve(server, place, 'small', shape);
});
afterAll(async () => {
  await server.close();
  place.remove();
  rmSync(await repository(shape), { recursive: true, force: true });
});

const setting = () => ({ place, url: served.url });
const version = (folder: string) => readFileSync(join(folder, 'VERSION'), 'utf8').trim();

it('brings a commit onto a fresh machine by hand', async () => {
  const hand = byHand(setting());
  await hand.deploy(served.commits[2] as string);
  expect(version(hand.folder)).toBe('4');
});

it('brings a clone forward in place', async () => {
  const kept = inPlace(setting());
  await served.moveMain(served.commits[1] as string);
  await kept.deploy('');
  expect(version(kept.folder)).toBe('5');
  await served.moveMain(served.commits[0]);
  await kept.deploy('');
  expect(version(kept.folder)).toBe('6');
});

it('makes every machine a fresh one and holds its tree against the expected one', async () => {
  const [expected, hand] = [byHand(setting(), 'expected'), byHand(setting(), 'hand')];
  await expected.deploy(served.commits[0]);
  await compete(onFreshMachines([hand], served.commits[0], expected.folder, setting()), 1);
  const other = onFreshMachines([hand], served.commits[1] as string, expected.folder, setting());
  await expect(compete(other, 1)).rejects.toThrow('differ');
});

it('takes one machine from commit to commit', async () => {
  const stepwise = steps(served, setting());
  const kept = inPlace(setting(), 'stepwise');
  await stepwise.settle([kept], [served.commits[3] as string]);
  expect(version(kept.folder)).toBe('3');
  await compete(stepwise.contestants([kept], [served.commits[2] as string, served.commits[1] as string]), 1);
  expect(version(kept.folder)).toBe('5');
});

it('leaves out a peer that is not installed and says how to get it', () => {
  const absent = missing('cap', '/nonexistent');
  expect(absent).toContain('install the Debian package capistrano');
  const { able, notes } = present([byHand(setting()), { ...byHand(setting()), missing: absent }]);
  expect(able).toHaveLength(1);
  expect(notes).toEqual([absent]);
});
