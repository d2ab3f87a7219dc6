import type { Deployer } from './deployer.ts';
import { inPlace } from './references/in-place.ts';
import type { Contestant } from './rounds.ts';
import type { Served } from './served.ts';
import type { Setting } from './setting.ts';
import { sameTree } from './tree.ts';

/** A machine on which one commit after the other is deployed. */
export interface Steps {
  /** Deploys the commits with everyone, untimed. */
  settle(deployers: readonly Deployer[], commits: readonly string[]): Promise<void>;
  /** Deploys `commits[round]` in every round; each tree is held against the expected one. */
  contestants(deployers: readonly Deployer[], commits: readonly string[]): Contestant[];
}

export function steps(served: Served, setting: Setting): Steps {
  const expected = inPlace(setting, 'expected-steps');

  async function announce(deployer: Deployer, commit: string): Promise<void> {
    await served.moveMain(commit);
    await deployer.announce?.(commit);
  }

  return {
    async settle(deployers, commits) {
      for (const commit of commits) {
        for (const deployer of deployers) {
          await announce(deployer, commit);
          await deployer.deploy(commit);
        }
      }
    },
    contestants: (deployers, commits) =>
      deployers.map((deployer) => ({
        name: deployer.name,
        prepare: (round) => announce(deployer, commits[round] as string),
        run: async (round) => void (await deployer.deploy(commits[round] as string)),
        async check(round) {
          await expected.deploy(commits[round] as string);
          await sameTree(setting, deployer.folder, expected.folder);
        },
      })),
  };
}
