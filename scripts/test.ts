/**
 * `npm test`: lint, types and the build beside each other, since they wait for one core each; then jest, with the
 * arguments of this script. Ends with the first that fails, after all that ran beside it have said what they found.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const first = ['npm run --silent lint', 'npm run --silent types', 'node scripts/ready.ts'];

const results = await Promise.all(first.map(runQuietly));
const failed = first.filter((_, index) => results[index] !== 0);
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}; no test was run`);
  process.exitCode = 1;
} else process.exitCode = await run('jest', process.argv.slice(2));

/** Shows the output at once when the command has ended, so that two commands do not mix theirs. */
async function runQuietly(command: string): Promise<number> {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const [code] = await once(child, 'close');
  process.stderr.write(output);
  return code ?? 1;
}

async function run(program: string, args: readonly string[]): Promise<number> {
  const [code] = await once(spawn(program, args, { stdio: 'inherit' }), 'close');
  return code ?? 1;
}
