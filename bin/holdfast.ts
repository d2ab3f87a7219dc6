/** The verbs that run on this computer: parses, calls lib/cli, sets the exit code. */
import { Command } from 'commander';
import { type RehearseFlags, rehearseCommand } from '../lib/cli/rehearse.ts';
import { type TortureFlags, tortureCommand } from '../lib/cli/torture.ts';
import { HoldfastError } from '../lib/release/errors.ts';

const program = new Command('holdfast').description('Deploys services to EC2 fleets from git');

program
  .command('rehearse')
  .description(
    'runs a first deployment, a scale-out, a deployment under load and a refused release on this machine',
  )
  .option('--repository <url|path>', 'repository to deploy (default: the sample site in three releases)')
  .option('--branch <name>', 'branch of the commits (default: the one that HEAD names)')
  .option('--commits <list>', 'commits to deploy in turn, separated by commas')
  .option('--run <command>', 'starts the server in a release; gets HOST and PORT')
  .option('--health-path <path>', 'answers 200 when the release is healthy')
  .option('--hosts <kind>', 'what instances are: process, or machine (Linux, root)', 'process')
  .option('--instances <number>', 'instances of the fleet', '2')
  .option(
    '--rule-lag <seconds>',
    'the longest time that the load balancer takes to apply changed weights',
    '1',
  )
  .option('--overlay <file>', 'tarball that is unpacked over every release')
  .option('--report <file>', 'writes what happened as JSON')
  .option('--keep', 'stays up afterwards, until Ctrl-C')
  .option('--assembly <folder>', 'synthesised stacks', 'cdk.out')
  .option('--environment <name>', 'environment to rehearse', 'staging')
  .option('--service <name>', 'service to rehearse (default: the first behind the load balancer)')
  .action(async (flags: RehearseFlags) => {
    process.exitCode = await rehearseCommand(flags, process.stdout, interruption());
  });

program
  .command('torture')
  .description(
    'runs deployments on simulated hosts through random faults, and holds the invariants against them',
  )
  .option('--schedules <number>', 'schedules to carry out', '1000')
  .option('--seed <number>', 'seed of the first schedule; each has the next one', '1')
  .option('--workers <number>', 'how many at once (default: one for each core)')
  .option('--assembly <folder>', 'synthesised stacks', 'cdk.out')
  .action(async (flags: TortureFlags) => {
    process.exitCode = await tortureCommand(flags, console.log);
  });

/** Aborts at the first signal and ignores later ones: npm forwards a signal that the terminal has already sent. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof HoldfastError ? `${error.name}: ${error.message}` : error);
  process.exitCode = error instanceof HoldfastError && error.name === 'InvalidInput' ? 2 : 1;
});
