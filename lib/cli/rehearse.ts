import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Closers } from '../rehearsal/closers.ts';
import { hostsKinds } from '../rehearsal/hosts/kind.ts';
import { enclose, isEnclosed, wayIn } from '../rehearsal/hosts/machine/enclosure.ts';
import { needMachines } from '../rehearsal/hosts/machine/prerequisites.ts';
import { type Rehearsal, rehearse } from '../rehearsal/rehearse.ts';
import { summary } from '../rehearsal/summary.ts';
import { type Screen, Timeline } from '../rehearsal/timeline.ts';
import { HoldfastError } from '../release/errors.ts';

/** Options of `holdfast rehearse` as given on the command line. */
export interface RehearseFlags {
  assembly: string;
  environment: string;
  service?: string;
  repository?: string;
  branch?: string;
  /** Comma-separated. */
  commits?: string;
  run?: string;
  healthPath?: string;
  instances: string;
  /** Seconds. */
  ruleLag: string;
  overlay?: string;
  report?: string;
  keep?: boolean;
  hosts: string;
}

const interrupted = 130;

/** Runs a rehearsal and returns the exit code: 0 when it passed. `signal` interrupts it. Nothing keeps running. */
export async function rehearseCommand(
  flags: RehearseFlags,
  screen: Screen,
  signal: AbortSignal,
): Promise<number> {
  const options = rehearsalOptions(flags);
  if (options.hosts === 'machine' && !isEnclosed()) {
    needMachines();
    return await enclose([process.execPath, ...process.argv.slice(1)]);
  }
  const timeline = new Timeline(screen);
  const closers = new Closers();
  const finished = new AbortController();
  try {
    const work = rehearse(options, timeline, closers, signal);
    // An interrupted rehearsal fails later, when nobody waits for it any more.
    work.catch(() => undefined);
    const rehearsal = await Promise.race([work, rejectOnAbort(signal), rejectOnUncaught(finished.signal)]);
    timeline.end();
    const isGood = conclude(rehearsal, flags, timeline);
    if (flags.keep) {
      timeline.print(`\nup on ${rehearsal.url}${wayIn()} until Ctrl-C`);
      await rejectOnAbort(signal).catch(() => undefined);
    }
    return isGood ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    timeline.end();
    timeline.say('interrupted');
    return interrupted;
  } finally {
    timeline.end();
    await closers.close();
    finished.abort();
  }
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Error('interrupted');
}

/** Rejects when something fails that nobody waits for. Then too everything has to end. */
async function rejectOnUncaught(signal: AbortSignal): Promise<never> {
  const [error] = await once(process, 'uncaughtException', { signal });
  throw error;
}

/** Writes report and summary. Returns whether the rehearsal passed. */
function conclude({ report, problems, plan }: Rehearsal, flags: RehearseFlags, timeline: Timeline): boolean {
  if (flags.report) writeFileSync(flags.report, `${JSON.stringify(report, undefined, 2)}\n`);
  timeline.print(`\n${summary(report, plan.nameOf)}`);
  for (const problem of problems) timeline.print(`failed: ${problem}`);
  timeline.print(problems.length === 0 ? `rehearsal passed in ${timeline.seconds.toFixed(0)} s` : '');
  return problems.length === 0;
}

function rehearsalOptions(flags: RehearseFlags) {
  const { assembly, environment, service, overlay } = flags;
  return {
    assembly,
    environment,
    service,
    overlay,
    hosts: hostsOf(flags),
    instances: instancesOf(flags.instances),
    ruleLag: ruleLagOf(flags.ruleLag),
    given: repositoryOf(flags),
  };
}

function hostsOf({ hosts, repository }: RehearseFlags): keyof typeof hostsKinds {
  if (hosts !== 'process' && hosts !== 'machine') {
    const known = Object.keys(hostsKinds).join(' or ');
    throw new HoldfastError('InvalidInput', `--hosts: found ${hosts}, expected ${known}`);
  }
  if (hosts === 'machine' && repository !== undefined && URL.canParse(repository)) {
    throw new HoldfastError(
      'InvalidInput',
      `--repository ${repository}: machines run in an isolated network and cannot reach it; clone it and give the path`,
    );
  }
  return hosts;
}

function instancesOf(text: string): number {
  const instances = Number(text);
  if (Number.isInteger(instances) && instances >= 1 && instances <= 50) return instances;
  throw new HoldfastError('InvalidInput', `--instances: found ${text}, expected a number from 1 to 50`);
}

function ruleLagOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= 60) return seconds;
  throw new HoldfastError('InvalidInput', `--rule-lag: found ${text}, expected seconds from 0 to 60`);
}

/** The repository of the command line, with its options checked against each other; undefined: the sample site. */
function repositoryOf({ repository, branch, commits, run, healthPath }: RehearseFlags) {
  if (repository === undefined) {
    const alone = Object.entries({ branch, commits, run, 'health-path': healthPath }).find(
      ([, value]) => value,
    );
    if (!alone) return undefined;
    throw new HoldfastError('InvalidInput', `--${alone[0]}: found no --repository; name the repository too`);
  }
  if (run === undefined) {
    throw new HoldfastError(
      'InvalidInput',
      '--repository: found no --run; give the command that starts its server',
    );
  }
  return { repository, branch, run, healthPath, commits: commits?.split(',').map((each) => each.trim()) };
}
