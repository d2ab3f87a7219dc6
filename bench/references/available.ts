import { spawnSync } from 'node:child_process';

/** Peers that the bench runs when they are installed, and the Debian packages that bring them. */
const peers = { cap: 'capistrano', 'ansible-pull': 'ansible-core' } as const;
export type Peer = keyof typeof peers;

/** `undefined` when the peer can run, else a sentence for the report. */
export function missing(peer: Peer, path = process.env.PATH): string | undefined {
  const { status } = spawnSync(peer, ['--version'], { env: { ...process.env, PATH: path }, stdio: 'ignore' });
  if (status === 0) return undefined;
  return `${peer} is not installed and was left out; install the Debian package ${peers[peer]} to measure it`;
}
