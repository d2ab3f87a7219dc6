import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { around } from '../../support/agent/environment.ts';
import { type Ended, Stage } from '../../support/agent/stage.ts';
import { compress, type Forged, forge, pax } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('a hostile tarball', () => {
  let stage: Stage;
  let outside: Record<string, number>;

  beforeEach(async () => {
    stage = await Stage.start();
    stage.configure({ repositories: { tools: { artifact: true } } });
    await deploy([{ name: 'before', body: 'x' }]);
    outside = around(stage);
  });
  afterEach(() => stage.stop());

  async function deploy(members: readonly Forged[]): Promise<Ended> {
    stage.record({ tools: { artifact: stage.store('tools', compress(forge(members), 'gzip')) } });
    return await stage.auto();
  }

  async function expectRefused(members: readonly Forged[], reason: RegExp): Promise<void> {
    const { code, stderr } = await deploy(members);
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringMatching(reason) });
    expect(stderr.split('\n')).toHaveLength(2);
    expect(treeAt(stage.current('tools'))).toEqual({ before: '644 x' });
    expect(around(stage)).toEqual(outside);
  }

  /** A GNU header that gives the next member a long name (L) or a long target (K). */
  const long = (type: 'L' | 'K', text: string): Forged => ({
    name: '././@LongLink',
    type,
    body: `${text}\0`,
  });

  const refused: [string, Forged[], RegExp][] = [
    [
      'a long name that leaves',
      [long('L', `${'d/'.repeat(80)}${'../'.repeat(90)}evil`), { name: 'x', body: 'x' }],
      /holds "\.\."/,
    ],
    [
      'a long absolute name',
      [long('L', `/${'d/'.repeat(80)}evil`), { name: 'x', body: 'x' }],
      /absolute name/,
    ],
    [
      'a long link that leaves',
      [long('K', `${'../'.repeat(60)}etc/passwd`), { name: 'l', type: '2', link: 'x' }],
      /leads out/,
    ],
    [
      'a pax link that leaves',
      [pax({ linkpath: '/etc/passwd' }), { name: 'l', type: '2', link: 'x' }],
      /leads out/,
    ],
    [
      'a pax name over a long name',
      [long('L', 'good'), pax({ path: '../evil' }), { name: 'x', body: 'x' }],
      /holds "\.\."/,
    ],
    [
      'a pax header for all that leaves',
      [
        { ...pax({ path: '/evil' }), type: 'g' },
        { name: 'x', body: 'x' },
      ],
      /absolute name/,
    ],
    [
      'a hard link of pax that leaves',
      [pax({ linkpath: '/etc/passwd' }), { name: 'h', type: '1', link: 'x' }],
      /names no file/,
    ],
    [
      'a sparse file of pax under another name',
      [
        pax({
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.name': '/evil',
          'GNU.sparse.realsize': '3',
        }),
        { name: 'x', body: `1\n0\n3\n${'\0'.repeat(506)}abc` },
      ],
      /absolute name/,
    ],
    [
      'a name longer than a path may be',
      [long('L', 'n'.repeat(5000)), { name: 'x', body: 'x' }],
      /longer than 4096|damaged/,
    ],
    [
      'a file, then a folder through it',
      [
        { name: 'a', body: 'x' },
        { name: 'a/b', body: 'x' },
      ],
      /does not unpack|damaged/,
    ],
    [
      'a folder with files, then a file of that name',
      [
        { name: 'a/b', body: 'x' },
        { name: 'a', body: 'x' },
      ],
      /does not unpack|damaged/,
    ],
    ['a truncated header', [{ name: 'a', size: 10_000, body: 'x' }], /damaged/],
    ['a fifo behind control characters', [{ name: 'x\x1b]0;evil\x07\n', type: '6' }], /is a fifo/],
    [
      'a contiguous device that claims to be a file',
      [{ name: 'd', type: '3', body: 'x' }],
      /a character device/,
    ],
  ];
  it.each(refused)('of %s is refused, and nothing is written', async (_, members, reason) => {
    await expectRefused([{ name: 'first', body: 'x' }, ...members], reason);
  });

  const taken: [string, Forged[], Record<string, string>][] = [
    [
      'long names',
      [long('L', `${'d'.repeat(120)}/f`), { name: 'x', body: 'x' }],
      { ['d'.repeat(120)]: '755 folder', [`${'d'.repeat(120)}/f`]: '644 x' },
    ],
    [
      'a name given twice: the later counts',
      [
        { name: 'a', body: '1' },
        { name: './a', body: '22' },
      ],
      { a: '644 22' },
    ],
    [
      'an empty folder that becomes a file',
      [
        { name: 'a/', type: '5' },
        { name: 'a', body: 'x' },
      ],
      { a: '644 x' },
    ],
    ['names with control characters', [{ name: 'a\n\t\x1b[31m', body: 'x' }], { 'a\n\t\x1b[31m': '644 x' }],
    [
      'set-user-id, set-group-id and sticky',
      [
        { name: 'd/', type: '5', mode: 0o7777 },
        { name: 'd/su', body: 'x', mode: 0o6755 },
      ],
      { d: '777 folder', 'd/su': '755 x' },
    ],
    [
      'a sparse file',
      [
        pax({
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.name': 's',
          'GNU.sparse.realsize': '6',
        }),
        { name: 'x', body: `1\n3\n3\n${'\0'.repeat(506)}abc` },
      ],
      { s: '644 \0\0\0abc' },
    ],
    [
      'owners that nobody has',
      [pax({ uid: '4000000', gid: '4000000', uname: 'evil' }), { name: 'a', body: 'x' }],
      { a: '644 x' },
    ],
  ];
  it.each(taken)('of %s is plain on disk', async (_, members, tree) => {
    const { code, stderr } = await deploy(members);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(treeAt(stage.current('tools'))).toEqual(tree);
    for (const name of Object.keys(tree))
      expect(lstatSync(join(stage.current('tools'), name)).uid).toBe(process.getuid?.());
    expect(around(stage)).toEqual(outside);
  });
});
