/** Boots machines, beside ones whose user-data does the same by hand. Linux and root only. `npm run bench:machines`. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import type { Settings } from '../lib/config/settings.ts';
import { enclose, isEnclosed } from '../lib/rehearsal/hosts/machine/enclosure.ts';
import { needMachines } from '../lib/rehearsal/hosts/machine/prerequisites.ts';
import { Stage } from '../test/support/machine/stage.ts';
import { count } from './count.ts';
import { boots } from './machines/boots.ts';
import { bake, layersOf } from './machines/image.ts';
import { idleMemory } from './machines/memory.ts';
import { type Boot, phaseTable } from './machines/phases.ts';
import { section, verdictTable } from './report.ts';

const options = new Command('bench:machines')
  .option('--pairs <n>', 'rounds that count', count, 5)
  .option('--report <file>', 'write the tables there too')
  .parse()
  .opts<{ pairs: number; report?: string }>();

/** What keeps an idle machine in its role. */
const kept: Partial<Settings> = {
  refresh: { everySeconds: 300 },
  watch: [{ paths: ['/etc/site'], unit: 'service.service', action: 'restart' }],
  drain: { command: 'true', deadlineSeconds: 60 },
};

if (isEnclosed()) await measure();
else {
  needMachines();
  process.exitCode = await enclose([process.execPath, ...process.argv.slice(1)], 'kill');
}

async function measure(): Promise<void> {
  const stage = await Stage.start({
    hosts: { layers: layersOf },
    settings: (standard) => ({ ...standard, ...kept }),
  });
  try {
    await bake(stage);
    const [one, four]: [Boot[], Boot[]] = [[], []];
    const results = [
      await boots(stage, { machines: 1, pairs: options.pairs }, one),
      await boots(stage, { machines: 4, pairs: Math.ceil(options.pairs / 2) }, four),
      phaseTable({ 'one machine': one, 'four at once': four }),
      await idleMemory(stage),
    ];
    const text = [
      `${cpus().length} cores, disks in memory, Node ${process.version}.`,
      ...results.map(section),
      verdictTable(results.flatMap(({ verdicts = [] }) => verdicts)),
    ].join('\n\n');
    console.log(text);
    if (options.report) writeFileSync(options.report, `${text}\n`);
  } finally {
    await stage.stop();
  }
}
