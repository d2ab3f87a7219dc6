import { join } from 'node:path';
import fc from 'fast-check';
import { around } from '../../support/agent/environment.ts';
import { type Ended, Stage } from '../../support/agent/stage.ts';
import { compress, type Forged, forge, pax } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { isFull } from '../../support/suite/seed.ts';

describe('a tarball', () => {
  let stage: Stage;
  let outside: Record<string, number>;

  beforeEach(async () => {
    stage = await Stage.start();
    stage.configure({ repositories: { tools: { artifact: true } } });
    await deploy(forge([{ name: 'before', body: 'x' }]));
    outside = around(stage);
  });
  afterEach(() => stage.stop());

  async function deploy(bytes: Buffer): Promise<Ended> {
    stage.record({ tools: { artifact: stage.store('tools', compress(bytes, 'gzip')) } });
    return await stage.auto();
  }

  async function expectRefused(bytes: Buffer, reason: RegExp): Promise<void> {
    const { code, stderr } = await deploy(bytes);
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringMatching(reason) });
    expect(treeAt(stage.current('tools'))).toEqual({ before: '644 x' });
  }

  it('that is a bomb is refused before it is unpacked', async () => {
    const bomb = [pax({ size: `${17 * 1024 ** 3}` }), { name: 'zeros', body: 'x' }];
    await expectRefused(forge(bomb), /unpacks to more than 17179869184 bytes/);
  });

  it('with more members than the limit is refused', async () => {
    const folder = forge([{ name: 'a', type: '5' }]);
    const bytes = Buffer.concat([Buffer.alloc(250_001 * 512, folder.subarray(0, 512)), folder.subarray(512)]);
    await expectRefused(bytes, /more than 250000 members/);
  });

  it('that was cut anywhere is refused', async () => {
    const whole = compress(
      forge([
        { name: 'a', body: 'x'.repeat(5000) },
        { name: 'b', body: 'y' },
      ]),
      'gzip',
    );
    for (const length of [1, 9, 30, whole.length - 9, whole.length - 1]) {
      stage.record({ tools: { artifact: stage.store('tools', whole.subarray(0, length)) } });
      const { code } = await stage.auto();
      expect({ length, code }).toEqual({ length, code: 5 });
    }
    expect(treeAt(stage.current('tools'))).toEqual({ before: '644 x' });
  });

  // An ordinary user cannot read back what nobody may read.
  const isRoot = process.getuid?.() === 0;

  it('however it is put together, writes below its own tree or not at all', async () => {
    const part = fc.constantFrom('a', 'b', 'l', '..', '.', '', '/', '\n', 'é');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const member = fc.record(
      {
        name: path,
        type: fc.constantFrom('0', '1', '2', '3', '5', '6', '7', 'L', 'K', 'x', 'g', 'S', 'V', 'Z'),
        link: path,
        body: fc.oneof(path, fc.string({ maxLength: 30 })),
        mode: fc.nat(0o7777).map((mode) => (isRoot ? mode : mode | 0o700)),
      },
      { requiredKeys: ['name', 'body'] },
    );
    const codes: (number | null)[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: 5 }), async (members) => {
        const id = stage.currentId('tools');
        const { code, stderr } = await deploy(forge(members as Forged[]));
        codes.push(code);
        expect([0, 5]).toContain(code);
        if (code === 5) expect(stage.currentId('tools')).toBe(id);
        else expect(stderr).toBe('');
        expect(around(stage)).toEqual(outside);
        expectPlain(join(stage.current('tools'), '.'));
      }),
      // Random members are nearly always refused: one tarball of each kind shows that both answers were given.
      {
        numRuns: isFull ? 40 : 15,
        examples: [[[{ name: 'a', body: 'x' }]], [[{ name: '../a', body: 'x' }]]],
      },
    );
    expect(new Set(codes)).toEqual(new Set([0, 5]));
  });
});

/** Files, folders and links only, none of them special. */
function expectPlain(root: string): void {
  for (const [, what] of Object.entries(treeAt(root))) expect(what).toMatch(/^(-> |[0-7]{1,3} )/);
}
