import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Release } from '../../../lib/release/release.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { describeWithSalt, onPath, saltFolder } from '../../support/agent/salt.ts';
import { Service, service } from '../../support/agent/server.ts';
import { Stage } from '../../support/agent/stage.ts';

describeWithSalt('the configuration of a machine', () => {
  let stage: Stage;
  let site: Repository;
  let states: Repository;
  let offPath: () => void;

  beforeEach(async () => {
    stage = await Stage.start();
    site = stage.repository('site');
    states = stage.repository('states');
    offPath = onPath(saltFolder());
    stage.configure({
      repositories: {
        site: { url: site.url, branch: 'main' },
        states: { url: states.url, branch: 'main' },
      },
      configuration: 'states',
      provision: { tool: 'salt' },
    });
  });
  afterEach(async () => {
    offPath();
    await stage.stop();
  });

  /** A path outside of every release. */
  const machine = (name: string) => join(stage.folder, 'machine', name);
  const read = (name: string) => readFileSync(machine(name), 'utf8');
  const top = "base:\n  'web-*':\n    - web\n";

  /** States that write a file, and count how often they were applied. */
  const writing = (content: string) => ({
    'top.sls': top,
    'web.sls': `${machine('tool')}:
  file.managed:
    - contents: ${content}
    - makedirs: true
count:
  cmd.run:
    - name: echo ${content} >> ${machine('applied')}
    - require:
      - file: ${machine('tool')}
`,
  });
  const failing = {
    'top.sls': top,
    'web.sls': `bad one:\n  file.managed:\n    - name: /nowhere/at/all\n    - contents: x\nlater:\n  cmd.run:\n    - name: 'true'\n    - require:\n      - file: bad one\n`,
  };

  const record = (code: string, configuration: string) =>
    stage.record({
      site: { branch: 'main', commit: code },
      states: { branch: 'main', commit: configuration },
    } as Release);

  it('is applied before the code is built: a build needs what it brings', async () => {
    stage.configure({
      repositories: {
        site: { url: site.url, branch: 'main', commands: { build: `cp ${machine('tool')} built` } },
        states: { url: states.url, branch: 'main' },
      },
    });
    record(site.commit({ a: '1' }), states.commit(writing('one')));
    const { code, stderr, summary } = await stage.auto();
    expect({ code, stderr, result: summary.result }).toEqual({ code: 0, stderr: '', result: 'deployed' });
    expect(readFileSync(join(stage.current(), 'built'), 'utf8')).toBe('one\n');
    expect(summary.phases.map(({ name }) => name)).toContain('provision');
    expect(existsSync(stage.current('states'))).toBe(true);
  });

  it('is applied once for each commit, whatever the code does', async () => {
    const first = states.commit(writing('one'));
    record(site.commit({ a: '1' }), first);
    await stage.auto();
    expect((await stage.auto()).summary.result).toBe('unchanged');
    record(site.commit({ a: '2' }), first);
    expect((await stage.auto()).summary.result).toBe('deployed');
    expect(read('applied')).toBe('one\n');
    record(site.commit({}), states.commit(writing('two')));
    await stage.auto();
    expect(read('applied')).toBe('one\ntwo\n');
  });

  it('is applied again when it is to be applied otherwise', async () => {
    record(site.commit({ a: '1' }), states.commit(writing('one')));
    await stage.auto();
    stage.configure({ role: 'web-two' });
    await stage.auto();
    expect(read('applied')).toBe('one\none\n');
  });

  it('refuses a release whose state fails, and names the state with its comment', async () => {
    record(site.commit({ a: '1' }), states.commit(failing));
    const { code, stderr, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 8, name: 'ProvisionFailed' });
    expect(stderr).toMatch(
      /^salt failed: state file.managed of bad one in web: Parent directory not present.* \(and 1 more\); read .*provision.log\n$/,
    );
    expect([existsSync(stage.current()), existsSync(stage.current('states'))]).toEqual([false, false]);
  });

  it('keeps the previous release running when the next one brings a state that fails', async () => {
    record(site.commit({ a: '1' }), states.commit(writing('one')));
    await stage.auto();
    const ids = [stage.currentId(), stage.currentId('states')];
    record(site.commit({ a: '2' }), states.commit(failing));
    expect((await stage.auto()).code).toBe(8);
    expect([stage.currentId(), stage.currentId('states')]).toEqual(ids);
  });

  it('applies what was current again after another release failed half-way', async () => {
    const [code, good] = [site.commit({ a: '1' }), states.commit(writing('one'))];
    record(code, good);
    await stage.auto();
    record(code, states.commit(failing));
    await stage.auto();
    record(code, good);
    expect((await stage.auto()).code).toBe(0);
    expect(read('applied')).toBe('one\none\n');
  });

  it('goes back with the code when the new release is not healthy', async () => {
    const web = await Service.in(stage);
    try {
      record(site.commit(service), states.commit(writing('one')));
      await stage.auto();
      record(site.commit({ status: '500\n' }), states.commit(writing('two')));
      expect((await stage.auto()).code).toBe(7);
      expect(read('tool')).toBe('one\n');
      expect(read('applied')).toBe('one\ntwo\none\n');
    } finally {
      web.stop();
    }
  });

  it('starts the previous release also when its configuration cannot be applied any more', async () => {
    const web = await Service.in(stage);
    const sometimes = `only once:\n  cmd.run:\n    - name: mkdir ${stage.folder}/once\n`;
    try {
      record(site.commit(service), states.commit({ 'top.sls': top, 'web.sls': sometimes }));
      await stage.auto();
      record(site.commit({ status: '500\n' }), states.commit(writing('two')));
      const { code, stderr } = await stage.auto();
      expect(code).toBe(7);
      expect(stderr).toMatch(
        /the previous release runs again, but its configuration could not be applied again \(salt failed: state cmd.run of only once/,
      );
      expect(await web.answer()).toBe('hello');
    } finally {
      web.stop();
    }
  });

  it.each([
    ['an SLS that is not there', { 'top.sls': top }, "No matching sls found for 'web' in env 'base'"],
    [
      'an unknown state',
      { 'top.sls': top, 'web.sls': 'x:\n  nope.such: []\n' },
      "state nope.such of x: State 'nope.such' was not found in SLS 'web'",
    ],
    [
      'no states for the machine',
      { 'top.sls': "base:\n  'db-*':\n    - web\n" },
      'No Top file or master_tops',
    ],
  ])('fails for %s', async (_, files, complaint) => {
    record(site.commit({ a: '1' }), states.commit(files));
    const { code, stderr } = await stage.auto();
    expect({ code, stderr }).toEqual({ code: 8, stderr: expect.stringContaining(complaint) });
  });

  it('follows two shell lines: install once, apply for each commit, with the role and the minion id', async () => {
    const install = `mkdir -p ${machine('')} && echo installed >> ${machine('applied')}`;
    const apply = `echo "$(cat what) $ROLE $MINION_ID" >> ${machine('applied')}`;
    stage.configure({ provision: { tool: 'commands', install, apply } });
    record(site.commit({ a: '1' }), states.commit({ what: 'one' }));
    await stage.auto();
    record(site.commit({ a: '1' }), states.commit({ what: 'two' }));
    expect((await stage.auto()).code).toBe(0);
    const who = `web web-${hostname()}`;
    expect(read('applied')).toBe(`installed\none ${who}\ntwo ${who}\n`);
  });

  it('does not install again after an apply line that failed', async () => {
    const install = `mkdir -p ${machine('')} && echo installed >> ${machine('applied')}`;
    stage.configure({ provision: { tool: 'commands', install, apply: 'sh what' } });
    record(site.commit({ a: '1' }), states.commit({ what: 'exit 1' }));
    expect((await stage.auto()).code).toBe(8);
    record(site.commit({ a: '1' }), states.commit({ what: 'exit 0' }));
    expect((await stage.auto()).code).toBe(0);
    expect(read('applied')).toBe('installed\n');
  });

  it('refuses a release whose apply line fails', async () => {
    stage.configure({ provision: { tool: 'commands', apply: 'echo no luck; exit 3' } });
    record(site.commit({ a: '1' }), states.commit({ a: '1' }));
    const { code, stderr } = await stage.auto();
    expect({ code, stderr }).toEqual({
      code: 8,
      stderr: expect.stringContaining('provision.apply failed: exit code 3, last output "no luck"'),
    });
  });
});
