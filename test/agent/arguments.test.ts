import { type Invocation, parseArguments } from '../../lib/agent/arguments.ts';
import { HoldfastError } from '../../lib/release/errors.ts';

describe('parseArguments', () => {
  const settings = 'settings.json';
  const commit = 'a'.repeat(40);

  const good: [string[], Invocation][] = [
    [['deploy', '--auto', '--settings', settings], { command: 'deploy', settings }],
    [['deploy', `--settings=${settings}`, '--auto'], { command: 'deploy', settings }],
    [['deploy', '--settings', settings], { command: 'deploy', settings, request: {} }],
    [
      ['deploy', '--branch', 'next', '--commit', commit, '--overlay', 'o/x.tar.zst', '--settings', settings],
      { command: 'deploy', settings, request: { branch: 'next', commit, overlay: 'o/x.tar.zst' } },
    ],
    [
      ['deploy', '--overlay', 'none', '--settings', settings],
      { command: 'deploy', settings, request: { overlay: 'none' } },
    ],
    [['enable', '--init', 'init.json'], { command: 'enable', file: 'init.json' }],
    [['bake', '--init', 'init.json'], { command: 'bake', file: 'init.json' }],
    [['bootstrap', '--init', 'init.json'], { command: 'bootstrap', file: 'init.json' }],
  ];
  it.each(good)('reads %j', (words, expected) => {
    expect(parseArguments(words)).toEqual(expected);
  });

  it.each([
    [[]],
    [['undeploy']],
    [['deploy']],
    [['deploy', '--auto']],
    [['deploy', '--settings']],
    [['deploy', '--auto', '--branch', 'x', '--settings', settings]],
    [['deploy', '--auto', '--commit', commit, '--settings', settings]],
    [['deploy', '--auto', '--overlay', 'none', '--settings', settings]],
    [['deploy', '--force', '--settings', settings]],
    [['deploy', 'main', '--settings', settings]],
    [['deploy', '--branch', '--settings', settings]],
    [['deploy', '--branch=-x', '--settings', settings]],
    [['deploy', '--commit', 'abc', '--settings', settings]],
    [['deploy', '--overlay', '/x', '--settings', settings]],
    [['enable']],
    [['bootstrap']],
  ])('refuses %j with one lower-case sentence', (words) => {
    const refusal = caught(() => parseArguments(words));
    expect(refusal).toBeInstanceOf(HoldfastError);
    expect(refusal).toMatchObject({ name: 'InvalidInput', message: expect.stringMatching(/^[a-z'-].*\S$/s) });
    expect(String(refusal)).not.toContain('error:');
  });

  it('shows help', () => {
    expect(parseArguments(['--help'])).toMatchObject({ command: 'help' });
    const help = parseArguments(['deploy', '--help']);
    expect(help.command === 'help' && help.text).toContain('--overlay <key>');
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
