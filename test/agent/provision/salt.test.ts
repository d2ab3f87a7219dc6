import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../../lib/agent/provision/job.ts';
import { salt } from '../../../lib/agent/provision/salt.ts';

const state = (number: number, more: object) => ({
  name: 'nginx',
  changes: {},
  result: true,
  comment: 'All specified packages are already installed',
  __sls__: 'web',
  __run_num__: number,
  start_time: '10:00:00.000000',
  duration: 1.5,
  __id__: 'nginx',
  ...more,
});
const answering = (local: unknown, code = 0, before = '') =>
  salt.complaint({ code, stdout: `${before}${JSON.stringify({ local }, undefined, 4)}\n`, stderr: '' });

describe('the answer of salt-call', () => {
  it('is well when every state is, and when one would only change something', () => {
    const states = {
      'pkg_|-nginx_|-nginx_|-installed': state(0, {}),
      'file_|-a_|-/a_|-managed': state(1, { result: null }),
    };
    expect(answering(states)).toBeUndefined();
  });

  it('names the first state that failed, by the order in which they ran', () => {
    const states = {
      'cmd_|-later_|-true_|-run': state(7, {
        result: false,
        comment: 'One or more requisite failed: web.nginx',
        __id__: 'later',
      }),
      'pkg_|-nginx_|-nginx_|-installed': state(2, { result: false, comment: 'no such package' }),
    };
    expect(answering(states, 2)).toBe('state pkg.installed of nginx in web: no such package (and 1 more)');
  });

  it('names a state that Salt does not know, of which it says no SLS', () => {
    const comment =
      "State 'hosts.managed' was not found in SLS 'web'\nReason: 'hosts.managed' is not available.\n";
    const unknown = { name: '/etc/hosts', result: false, changes: {}, comment, __run_num__: 0 };
    expect(answering({ 'hosts_|-names_|-/etc/hosts_|-managed': unknown }, 2)).toBe(
      `state hosts.managed of names: ${comment}`,
    );
  });

  it('counts a failed state even where the return code hides it', () => {
    const states = { 'pkg_|-nginx_|-nginx_|-installed': state(0, { result: false, comment: 'no' }) };
    expect(answering(states, 0)).toBe('state pkg.installed of nginx in web: no');
  });

  it('gives the sentences when no states could be made', () => {
    expect(answering(["No matching sls found for 'web' in env 'base'"], 1)).toBe(
      "No matching sls found for 'web' in env 'base'",
    );
  });

  it('says that no states are for this machine', () => {
    const comment = 'No Top file or master_tops data matches found.';
    const none = {
      'no_|-states_|-states_|-None': { name: 'No States', result: false, comment, changes: {} },
    };
    expect(answering(none, 2)).toBe(comment);
  });

  it('is read behind log lines, and with letters beyond ASCII', () => {
    const states = { 'pkg_|-nginx_|-nginx_|-installed': state(0, { result: false, comment: 'größer' }) };
    const stdout = Buffer.from(`[WARNING ] old\n${JSON.stringify({ local: states })}`).toString('latin1');
    expect(salt.complaint({ code: 2, stdout, stderr: '' })).toContain('größer');
  });

  it.each([
    [
      { code: 127, stdout: '', stderr: 'spawn salt-call ENOENT' },
      'gave no result (exit code 127: spawn salt-call ENOENT)',
    ],
    [{ code: 1, stdout: '{"local": 5}', stderr: 'a\nb\n' }, 'gave no result (exit code 1: b)'],
    [{ code: 124, stdout: '{"lo', stderr: 'did not end within 10 seconds' }, 'did not end within 10 seconds'],
    [{ code: 11, stdout: '{"local": {}}', stderr: 'strange\n' }, 'ended with exit code 11: strange'],
  ])('fails when there is none or it is incomplete: %j', (ran, complaint) => {
    expect(salt.complaint(ran)).toContain(complaint);
  });
});

describe('the arguments of salt-call', () => {
  const tree = mkdtempSync(join(tmpdir(), 'holdfast-salt-'));
  afterAll(() => rmSync(tree, { recursive: true }));
  const job: Job = { tree, role: 'web', minionId: 'web-i-1', work: '', log: '', seconds: 1, lock: 0 };
  const settings = { tool: 'salt', states: 'salt', pillar: 'pillar', timeoutSeconds: 10 } as const;

  it('are masterless, with the roots in the tree', () => {
    expect(salt.arguments(job, settings)).toEqual([
      '--local',
      '--retcode-passthrough',
      '--out=json',
      '--log-level=warning',
      '--id=web-i-1',
      `--file-root=${tree}/salt`,
      'state.apply',
    ]);
  });

  it('name the pillar where there is one', () => {
    mkdirSync(join(tree, 'pillar'));
    expect(salt.arguments(job, settings)).toContain(`--pillar-root=${tree}/pillar`);
  });
});
