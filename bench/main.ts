/** Compares Holdfast with what people would do by hand and with its peers. `npm run bench`. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { startGitServer } from '../lib/rehearsal/git/server.ts';
import type { Bench } from './bench.ts';
import { count } from './count.ts';
import { startStore } from './local-store.ts';
import { measures } from './measures.ts';
import { makePlace, room } from './place.ts';
import { bundleAgent } from './product/bundle.ts';
import { section, verdictTable } from './report.ts';
import type { Verdict } from './result.ts';

interface Options {
  only?: string[];
  pairs: number;
  report?: string;
}

const options = new Command('bench')
  .addOption(new Option('--only <name...>', 'measures to run; default: all').choices(Object.keys(measures)))
  .option('--pairs <n>', 'rounds that count', count, 7)
  .option('--report <file>', 'write the tables there too')
  .parse()
  .opts<Options>();

const verdicts: Verdict[] = [];
const wanted = options.only ?? Object.keys(measures);
const place = makePlace();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => place.remove());
const server = await startGitServer();
const store = await startStore();
try {
  if (options.report) writeFileSync(options.report, '');
  const bench: Bench = {
    place,
    pairs: options.pairs,
    server,
    store,
    agent: await bundleAgent(join(place.path, 'holdfast-agent')),
  };
  say(`${cpus().length} cores, ${place.kind}, Node ${process.version}; medians of ${options.pairs} pairs.`);
  for (const name of wanted) await measure(name, bench);
  say(verdictTable(verdicts));
} finally {
  await Promise.all([server.close(), store.close()]);
}

async function measure(name: string, bench: Bench): Promise<void> {
  const own = room(bench.place, name);
  try {
    const result = await measures[name]?.({ ...bench, place: own });
    if (!result) return;
    verdicts.push(...(result.verdicts ?? []));
    say(section(result));
  } finally {
    own.remove();
  }
}

function say(text: string): void {
  console.log(`${text}\n`);
  if (options.report) appendFileSync(options.report, `${text}\n\n`);
}
