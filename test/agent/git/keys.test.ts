import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { accessTo, Keys } from '../../../lib/agent/git/access.ts';
import type { GitRepository } from '../../../lib/config/repository.ts';

describe('access to a repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-access-'));
  const keys = () => new Keys('/srv', folder);
  const secrets = async () => ({ get: async (id: string) => `value of ${id}\n` });
  afterAll(() => rmSync(folder, { recursive: true }));

  const repository = (url: string, credentials?: GitRepository['credentials']): GitRepository => ({
    url,
    branch: 'main',
    overlay: 'none',
    ...(credentials ? { credentials } : {}),
  });

  it('needs nothing when it is public', async () => {
    const never = () => Promise.reject(new Error('not asked'));
    const anonymous = await accessTo(repository('https://example.com/x'), never, keys);
    expect(anonymous).toEqual({
      arguments: [],
      environment: { GIT_SSH_COMMAND: expect.stringContaining('BatchMode=yes') },
    });
  });

  it('with a token: only for the host of the url, and in no argument', async () => {
    const access = await accessTo(
      repository('https://example.com:8443/team/x.git', { secret: 't', username: 'bot' }),
      secrets,
      keys,
    );
    expect(access.secret).toBe('username=bot\npassword=value of t\n');
    expect(access.arguments[1]).toMatch(/^credential\.https:\/\/example\.com:8443\.helper=!/);
    expect(JSON.stringify([access.arguments, access.environment])).not.toContain('value of');
  });

  (process.getuid?.() === 0 ? it : it.skip)(
    'is removed where everybody makes names only if it is of this user',
    () => {
      const mine = keys().write({ key: 'k' }).key ?? '';
      const foreign = join(folder, `${basename(dirname(mine)).slice(0, -6)}others`);
      mkdirSync(foreign);
      chownSync(foreign, 65534, 65534);
      symlinkSync(folder, `${foreign}-link`);
      keys().forget();
      expect([mine, foreign, `${foreign}-link`].map((path) => existsSync(path))).toEqual([false, true, true]);
    },
  );

  it('with a key: in a file that only its user can read, until it is forgotten', async () => {
    const credentials = { secret: 'k', knownHosts: 'example.com ssh-ed25519 AAAA' };
    const access = await accessTo(repository('ssh://git@example.com/x', credentials), secrets, keys);
    const command = access.environment.GIT_SSH_COMMAND ?? '';
    const file = /-i '([^']+)'/.exec(command)?.[1] ?? '';
    expect(readFileSync(file, 'utf8')).toBe('value of k\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(command).toContain('IdentitiesOnly=yes');
    expect(command).not.toContain('value of');
    new Keys('/other', folder).forget();
    expect(existsSync(file)).toBe(true);
    keys().forget();
    expect(existsSync(file)).toBe(false);
  });
});
