import type { DownloadedArchive } from '../../../lib/agent/archive/download.ts';
import { raceArchive } from '../../../lib/agent/deploy/archive-race.ts';

const tree = { folder: '/srv/archive', info: { author: 'Ada', date: '2026-01-01T00:00:00Z', subject: 'x' } };
const taken: DownloadedArchive = { tree };
const declined: DownloadedArchive = { because: 'its archive: there is none' };
const combine = (error: unknown, because: string) => new Error(`${(error as Error).message}; ${because}`);

/** A way that goes on until it is stopped, or until the test ends it. */
class Way<T> {
  stopped = false;
  begun = false;
  #end: ((result: T) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;

  run = (stop: AbortSignal): Promise<T> => {
    this.begun = true;
    return new Promise<T>((resolve, reject) => {
      [this.#end, this.#fail] = [resolve, reject];
      stop.addEventListener('abort', () => {
        this.stopped = true;
        reject(new Error('stopped'));
      });
    });
  };

  end(result: T): void {
    this.#end?.(result);
  }
  fail(): void {
    this.#fail?.(new Error('git is away'));
  }
}

describe('the archive and git', () => {
  const late = async (archive: Way<DownloadedArchive>, git: Way<unknown>) => {
    const raced = raceArchive(
      { archive: (stop) => archive.run(stop).catch(() => declined), git: git.run },
      combine,
      1,
    );
    while (!git.begun) await new Promise((resolve) => setTimeout(resolve, 1));
    return { raced };
  };

  it('are not both asked when the archive is there in time', async () => {
    const git = new Way();
    expect(await raceArchive({ archive: async () => taken, git: git.run }, combine)).toBe(tree);
    expect(git.begun).toBe(false);
  });

  it('follow each other when the archive does not serve: the error is of both', async () => {
    const ways = (git: () => Promise<void>) => ({ archive: async () => declined, git });
    expect(
      await raceArchive(
        ways(async () => undefined),
        combine,
      ),
    ).toBeUndefined();
    const away = ways(async () => {
      throw new Error('git is away');
    });
    await expect(raceArchive(away, combine)).rejects.toThrow('git is away; its archive: there is none');
  });

  it('race when the archive is late, and git ends it', async () => {
    const [archive, git] = [new Way<DownloadedArchive>(), new Way()];
    const { raced } = await late(archive, git);
    git.end(undefined);
    expect(await raced).toBeUndefined();
    expect(archive.stopped).toBe(true);
  });

  it('race when the archive is late, and it ends git', async () => {
    const [archive, git] = [new Way<DownloadedArchive>(), new Way()];
    const { raced } = await late(archive, git);
    archive.end(taken);
    expect(await raced).toBe(tree);
    expect(git.stopped).toBe(true);
  });

  it('stand in for each other in the race', async () => {
    for (const [first, second] of [[taken, tree] as const, [declined, undefined] as const]) {
      const [archive, git] = [new Way<DownloadedArchive>(), new Way()];
      const { raced } = await late(archive, git);
      if (first === taken) git.fail();
      archive.end(first);
      if (first !== taken) git.end(undefined);
      expect(await raced).toBe(second);
    }
  });
});
