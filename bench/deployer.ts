import type { Contestant } from './rounds.ts';
import type { Setting } from './setting.ts';
import { sameTree } from './tree.ts';

/** A way to bring a commit onto a machine. */
export interface Deployer {
  name: string;
  /** Folder that it deploys to. */
  folder: string;
  /** Reason why it cannot take part. Default: it can. */
  missing?: string | undefined;
  /** Removes what earlier deployments left, as on a fresh machine. */
  wipe(): void;
  /** Records the commit to deploy, where that is not part of the deployment. Default: nothing. */
  announce?(commit: string): Promise<void>;
  deploy(commit: string): Promise<unknown>;
}

/** Deployers that can take part, and the reasons of the others. */
export function present(all: readonly Deployer[]): { able: Deployer[]; notes: string[] } {
  return {
    able: all.filter(({ missing }) => missing === undefined),
    notes: all.map(({ missing }) => missing).filter((reason) => reason !== undefined),
  };
}

/** Deploys the same commit to a fresh machine in every round; each tree is compared with the expected one. */
export function onFreshMachines(
  deployers: readonly Deployer[],
  commit: string,
  expected: string,
  setting: Setting,
): Contestant[] {
  return deployers.map((deployer) => ({
    name: deployer.name,
    async prepare() {
      deployer.wipe();
      await deployer.announce?.(commit);
    },
    run: async () => void (await deployer.deploy(commit)),
    check: () => sameTree(setting, deployer.folder, expected),
  }));
}
