import { setTimeout as sleep } from 'node:timers/promises';
import { recordRelease } from '../../../lib/agent/deploy/record.ts';
import type { Session } from '../../../lib/agent/session/session.ts';
import type { Parameter } from '../../../lib/aws/parameters.ts';
import type { Release } from '../../../lib/release/release.ts';
import { site } from '../../support/agent/stage.ts';

jest.mock('node:timers/promises');

const release = site('a'.repeat(40));

describe('a machine that records', () => {
  let value: string | undefined;
  let puts: number;
  let reads: number;
  /** The record that another one writes right before. */
  let crossing: string | undefined;

  beforeEach(() => {
    [value, puts, reads, crossing] = [undefined, 0, 0, undefined];
    jest.spyOn(Math, 'random').mockReturnValue(0.25);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const beforePut = () => {
    if (crossing !== undefined) puts += 1;
  };
  const recordOf = (release: Release) =>
    JSON.stringify({ schema: 1, release, deployment: 'm', by: 'ada@host', at: '2026-11-22T10:00:00Z' });

  const parameters = {
    async get(name: string): Promise<Parameter | undefined> {
      reads += 1;
      return value === undefined ? undefined : { name, version: puts, value };
    },
    async put(_: string, text: string) {
      beforePut();
      puts += 1;
      value = text;
      return puts;
    },
    async getVersion(name: string, version: number): Promise<Parameter> {
      return { name, version, value: crossing ?? '' };
    },
  };
  const session = {
    settings: { parameters: { deployed: '/deployed' }, record: { waitSeconds: 40 } },
    stores: { parameters },
  } as unknown as Session;

  it('waits for a random part of the configured time before it looks', async () => {
    jest.mocked(sleep).mockImplementation(async () => expect(reads).toBe(0));
    expect(await recordRelease(session, undefined, release)).toBe(true);
    expect(jest.mocked(sleep).mock.calls).toEqual([[10_000]]);
  });

  it('says so when another one recorded another release between its look and its write', async () => {
    jest.mocked(sleep).mockResolvedValue(undefined);
    crossing = recordOf(site('b'.repeat(40)));
    await expect(recordRelease(session, undefined, release)).rejects.toMatchObject({
      name: 'RecordChanged',
      message: expect.stringMatching(
        /^parameter \/deployed: ada@host recorded site bbbbbbbb at the same moment/,
      ),
    });
    crossing = recordOf(release);
    const before = { record: JSON.parse(value ?? ''), parameter: `/deployed:${puts}` };
    expect(await recordRelease(session, before, site('c'.repeat(40))).catch((error) => error.name)).toBe(
      'RecordChanged',
    );
    crossing = recordOf(site('d'.repeat(40)));
    const again = { record: JSON.parse(value ?? ''), parameter: `/deployed:${puts}` };
    expect(await recordRelease(session, again, site('d'.repeat(40)))).toBe(true);
  });

  it('finds nothing left to write when another one was first', async () => {
    jest.mocked(sleep).mockImplementationOnce(async () => {
      jest.mocked(sleep).mockResolvedValueOnce(undefined);
      expect(await recordRelease(session, undefined, release)).toBe(true);
    });
    expect(await recordRelease(session, undefined, release)).toBe(false);
    expect(puts).toBe(1);
  });
});
