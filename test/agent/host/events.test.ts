import { Events, errorOf } from '../../../lib/agent/host/events.ts';
import { Lines } from '../../../lib/agent/host/lines.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';

describe('events', () => {
  const lines: Record<string, unknown>[] = [];
  const events = () => new Events((line) => void lines.push(JSON.parse(line)));
  beforeEach(() => lines.splice(0));

  it('are one JSON object a line', () => {
    events().tell('switched', { repository: 'site' });
    events().warn('line\nbreak');
    expect(lines).toEqual([
      { at: expect.any(String), event: 'switched', repository: 'site' },
      { at: expect.any(String), event: 'warning', message: 'line\nbreak' },
    ]);
  });

  it('tell how long each phase took, also one that failed', async () => {
    const all = events();
    expect(await all.phase('fetch', 'site', async () => 'done')).toBe('done');
    await expect(all.phase('start', undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(all.phases).toEqual([
      { name: 'fetch', repository: 'site', seconds: expect.any(Number) },
      { name: 'start', seconds: expect.any(Number) },
    ]);
  });

  it('end with a summary that holds all phases', async () => {
    const all = events();
    await all.phase('fetch', undefined, async () => undefined);
    all.summary({ result: 'failed', release: {}, error: errorOf(new HoldfastError('GitFailed', 'no host')) });
    expect(lines.at(-1)).toEqual({
      result: 'failed',
      release: {},
      error: { name: 'GitFailed', message: 'no host' },
      phases: all.phases,
    });
  });

  it('give anything thrown a name', () => {
    expect(errorOf('text')).toEqual({ name: 'BootstrapFailed', message: 'text' });
  });
});

it('cuts output into lines wherever the parts begin', () => {
  const lines: string[] = [];
  const cut = new Lines((line) => lines.push(line));
  for (const part of ['a\nb', 'c', '\n', '\nd']) cut.add(Buffer.from(part));
  expect(lines).toEqual(['a', 'bc', '']);
});
