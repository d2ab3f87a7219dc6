import { setTimeout as sleep } from 'node:timers/promises';
import { recordRelease } from '../../../lib/agent/deploy/record.ts';
import type { Session } from '../../../lib/agent/session/session.ts';
import type { Parameter } from '../../../lib/aws/parameters.ts';
import { site } from '../../support/agent/stage.ts';

jest.mock('node:timers/promises');

const release = site('a'.repeat(40));

describe('a machine that records', () => {
  let value: string | undefined;
  let puts: number;
  let reads: number;

  beforeEach(() => {
    [value, puts, reads] = [undefined, 0, 0];
    jest.spyOn(Math, 'random').mockReturnValue(0.25);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const parameters = {
    async get(name: string): Promise<Parameter | undefined> {
      reads += 1;
      return value === undefined ? undefined : { name, version: puts, value };
    },
    async put(_: string, text: string) {
      puts += 1;
      value = text;
      return puts;
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

  it('finds nothing left to write when another one was first', async () => {
    jest.mocked(sleep).mockImplementationOnce(async () => {
      jest.mocked(sleep).mockResolvedValueOnce(undefined);
      expect(await recordRelease(session, undefined, release)).toBe(true);
    });
    expect(await recordRelease(session, undefined, release)).toBe(false);
    expect(puts).toBe(1);
  });
});
