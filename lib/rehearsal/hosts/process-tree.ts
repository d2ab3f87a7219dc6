import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Environment variable with the home folder of an instance. It marks everything that the instance started. */
export const homeVariable = 'HOLDFAST_HOME';

/** Time for the processes of an instance to end after TERM, before they are killed. Milliseconds. */
const termMilliseconds = 3_000;
/** Time for killed processes to disappear. Milliseconds. */
const killMilliseconds = 5_000;
const pollMilliseconds = 50;

interface Process {
  pid: number;
  parent: number;
  isMarked: boolean;
}

/**
 * Ids of all processes of an instance: those with its home in their environment, those whose working folder is below
 * it, and all their descendants. Finds processes that left their session or their parent too.
 */
export function processTreeOf(home: string): number[] {
  const all = runningProcesses(home);
  const family = new Set(all.filter(({ isMarked }) => isMarked).map(({ pid }) => pid));
  for (let size = -1; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  family.delete(process.pid);
  return [...family];
}

/** Ends all processes of an instance: TERM, then KILL. Returns when none is left. */
export async function endProcessTree(home: string): Promise<void> {
  if (await signalAll(home, 'SIGTERM', termMilliseconds)) return;
  if (await signalAll(home, 'SIGKILL', killMilliseconds)) return;
  throw new Error(`processes ${processTreeOf(home).join(', ')} of ${home} survived SIGKILL`);
}

/** Whether a signal ended them all in time. New processes get it too; each gets it once. */
async function signalAll(home: string, signal: NodeJS.Signals, milliseconds: number): Promise<boolean> {
  const signalled = new Set<number>();
  for (let waited = 0; waited < milliseconds; waited += pollMilliseconds) {
    const family = processTreeOf(home);
    if (family.length === 0) return true;
    for (const pid of family.filter((each) => !signalled.has(each))) send(pid, signal);
    for (const pid of family) signalled.add(pid);
    await sleep(pollMilliseconds);
  }
  return false;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

function runningProcesses(home: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => inspect(Number(name), home))
    .filter((each) => each !== undefined);
}

/** A process, or undefined when it has ended (zombies have) or belongs to another user. */
function inspect(pid: number, home: string): Process | undefined {
  try {
    // The name in parentheses may hold anything, so fields are counted from the end.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'Z' || state === 'X') return undefined;
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    const isMarked =
      environment.includes(`${homeVariable}=${home}`) ||
      `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${home}/`);
    return { pid, parent: Number(parent), isMarked };
  } catch {
    return undefined;
  }
}
