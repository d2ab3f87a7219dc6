import { Command } from '../support/rehearsal/command.ts';
import { sample } from '../support/suite/sample.ts';

describe('an interrupted rehearsal', () => {
  let command: Command;

  beforeEach(() => {
    command = new Command();
  });
  afterEach(() => command.close());

  const interruptions = [
    ['SIGINT', 'prepare'],
    ['SIGTERM', 'check-in-service'],
  ] as const;

  it.each(sample(interruptions, 1 / 2))(
    'ends at once and leaves nothing running at %s in %s',
    async (signal, step) => {
      command.start();
      await command.says(`  ${step}\n`);
      command.interrupt(signal);
      const { code, output, leftFiles, leftProcesses } = await command.end();
      expect([code, leftProcesses, leftFiles]).toEqual([130, [], []]);
      expect(output).toContain('interrupted');
    },
  );
});
