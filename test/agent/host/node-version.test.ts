import { requireNode } from '../../../lib/agent/host/node-version.ts';
import { main } from '../../../lib/agent/main.ts';

describe('the Node of a machine', () => {
  it.each(['24.0.0', '24.21.0', '100.1.0'])('may be %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['23.11.1', '22.23.5', '20.20.2', '4.9.1'])('is refused when it is %s', (version) => {
    expect(() => requireNode(version)).toThrow(
      /^found Node .* at \/.*, expected 24 or newer; install it, or name one by `node` in the configuration$/,
    );
  });

  it('is looked at before any command but help', async () => {
    const { versions } = process;
    Object.defineProperty(process, 'versions', { value: { ...versions, node: '22.23.5' } });
    const run = async (...words: string[]) => {
      let stderr = '';
      const outputs = { stdout: () => undefined, stderr: (text: string) => (stderr += text) };
      return [await main(words, outputs), stderr];
    };
    try {
      const missing = ['--settings', '/nowhere'];
      for (const words of [
        ['deploy', '--auto', ...missing],
        ['refresh', ...missing],
        ['enable', '--init', '/nowhere'],
      ])
        expect(await run(...words)).toEqual([1, expect.stringContaining('found Node 22.23.5')]);
      expect(await run('--help')).toEqual([0, '']);
    } finally {
      Object.defineProperty(process, 'versions', { value: versions });
    }
  });
});
