import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../../lib/rehearsal/git/git.ts';
import { Command } from '../support/rehearsal/command.ts';

jest.setTimeout(400_000);

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

/** Serves the files of its release, whatever they are. */
const server = `import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
createServer((request, response) => {
  createReadStream('.' + request.url).on('error', () => response.writeHead(404).end()).pipe(response);
}).listen(process.env.PORT, process.env.HOST);`;

describe('the rehearsal of a given repository', () => {
  let command: Command;
  let repository: string;

  beforeEach(async () => {
    command = new Command();
    repository = join(command.folder, 'shop');
    mkdirSync(repository);
    await git(['init', '--quiet', '--initial-branch=trunk'], repository);
    writeFileSync(join(repository, 'server.mjs'), server);
  });
  afterEach(() => command.close());

  async function commit(word: string): Promise<string> {
    writeFileSync(join(repository, 'index.html'), word);
    await git(['add', '.'], repository);
    await git(['commit', '--quiet', '-m', word], repository, identity);
    return await git(['rev-parse', 'HEAD'], repository);
  }

  const run = ['--run', 'node server.mjs', '--health-path', '/index.html', '--instances', '1'];

  it('deploys the commits in turn with an overlay, says which was refused, and stays up until Ctrl-C', async () => {
    await commit('one');
    await git(['checkout', '--quiet', '-b', 'side'], repository);
    const side = await commit('side');
    await git(['checkout', '--quiet', 'trunk'], repository);
    const two = await commit('two');
    const overlay = join(command.folder, 'assets.tar.gz');
    writeFileSync(join(command.folder, 'built.txt'), 'built elsewhere');
    execFileSync('tar', ['-czf', overlay, '-C', command.folder, 'built.txt']);

    const commits = [side, two.slice(0, 9)].join(',');
    command.start(['--repository', repository, '--commits', commits, '--overlay', overlay, '--keep', ...run]);
    await command.says('until Ctrl-C', 300);
    const [, url = ''] = /up on (\S+) until/.exec(command.output) ?? [];
    expect(await (await fetch(`${url}/index.html`)).text()).toBe('two');
    expect(await (await fetch(`${url}/built.txt`)).text()).toBe('built elsewhere');
    command.interrupt();

    const { code, report, leftFiles, leftProcesses } = await command.end();
    expect(report?.deployments.map((each) => [each.commit, each.result, each.requests.failed])).toEqual([
      [side, 'refused', 0],
      [two, 'deployed', 0],
    ]);
    expect(report?.deployments[0]?.error).toMatch(/^UnknownCommit: .* is not on branch trunk/);
    expect(report?.instances.map((each) => each.commit)).toEqual([two]);
    expect([code, leftFiles, leftProcesses]).toEqual([1, [], []]);
  });
});
