import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { run } from '../host/run.ts';

/** How long a second agent waits for the first. */
const waitSeconds = 600;

/**
 * The machine's lock. It is held until it is released, or until this process and every program that inherited it have
 * ended.
 */
export interface Lock {
  /** Descriptor for programs that must end before another agent may begin. */
  descriptor: number;
  /** Whether another agent held it before: earlier reads may be out of date. */
  hasWaited: boolean;
  release(): void;
}

/**
 * Takes the lock, waiting for its owner. It is a kernel lock on an open file (flock), so a killed agent leaves none
 * behind.
 */
export async function takeLock(file: string, events: Events, seconds = waitSeconds): Promise<Lock> {
  makeFolders(dirname(file));
  const descriptor = openSync(file, 'a+', 0o600);
  const hasWaited = !(await tryLock(descriptor, 0));
  if (hasWaited) {
    const owner = readFileSync(file, 'utf8').trim();
    events.tell('waiting', { for: owner });
    if (!(await tryLock(descriptor, seconds))) {
      closeSync(descriptor);
      throw new HoldfastError(
        'BootstrapFailed',
        `another agent is running on this machine (${owner}) and did not end within ${seconds} seconds; wait for it, or end it`,
      );
    }
  }
  try {
    writeFileSync(file, `process ${process.pid} since ${new Date().toISOString()}\n`);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return { descriptor, hasWaited, release: () => closeSync(descriptor) };
}

/**
 * The agent's own folder is private. The root above it is public whatever the umask: services read their releases.
 */
function makeFolders(stateFolder: string): void {
  const root = dirname(stateFolder);
  if (!existsSync(root)) {
    mkdirSync(root, { recursive: true });
    chmodSync(root, 0o755);
  }
  try {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  } catch {
    // Without `recursive` the error names the cause: a read-only file system, not a missing folder.
    mkdirSync(stateFolder, { mode: 0o700 });
  }
}

/** flock(1) gets the descriptor as 4. Both name one open file, so the lock stays when flock ends. */
async function tryLock(descriptor: number, seconds: number): Promise<boolean> {
  const wait = seconds === 0 ? ['--nonblock'] : ['--wait', String(seconds)];
  const { code, stderr } = await run('flock', ['--exclusive', '--conflict-exit-code', '75', ...wait, '4'], {
    env: { PATH: process.env.PATH },
    // A computer that is very busy takes long to start a program.
    seconds: seconds + 60,
    lock: descriptor,
  });
  if (code === 0 || code === 75) return code === 0;
  throw new HoldfastError(
    'BootstrapFailed',
    `could not lock this machine with flock of util-linux: ${stderr}`,
  );
}
