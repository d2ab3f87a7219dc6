import { Command } from './command.ts';

jest.setTimeout(120_000);

describe('an interrupted rehearsal', () => {
  let command: Command;

  beforeEach(() => {
    command = new Command();
  });
  afterEach(() => command.close());

  it.each([
    ['SIGINT', 'prepare'],
    ['SIGTERM', 'check-in-service'],
  ] as const)('ends at once and leaves nothing running at %s in %s', async (signal, step) => {
    command.start();
    await command.says(`  ${step}\n`);
    command.interrupt(signal);
    const { code, output, leftFiles, leftProcesses } = await command.end();
    expect([code, leftProcesses, leftFiles]).toEqual([130, [], []]);
    expect(output).toContain('interrupted');
  });

  it('stays up with --keep until it is interrupted, and serves', async () => {
    command.start(['--keep', '--instances', '1']);
    await command.says('until Ctrl-C', 90);
    const [, url = ''] = /up on (\S+) until/.exec(command.output) ?? [];
    expect(await (await fetch(url)).text()).toContain('release v2');
    command.interrupt();
    const { code, leftFiles, leftProcesses } = await command.end();
    expect([code, leftProcesses, leftFiles]).toEqual([0, [], []]);
  });
});
