import { atMost, type Result } from '../result.ts';
import { seconds } from '../table.ts';
import { type Storm, storm } from '../virtual/storm.ts';

const sizes = [10, 100, 1000];
/** The default limit of an account and region. */
const readsPerSecond = 40;

/** Launches of many instances at once under the limit of Parameter Store, in virtual time. */
export async function launchStorm(): Promise<Result> {
  const steps: { size: number; limited: Storm; free: Storm }[] = [];
  for (const size of sizes)
    steps.push({
      size,
      limited: await storm(size, readsPerSecond),
      free: await storm(size, undefined),
    });
  const later = steps.map(({ limited, free }) => limited.seconds - free.seconds);
  return {
    title: 'A storm of launches',
    method: `Virtual time: a live fleet of one instance grows at once; the account has ${readsPerSecond} reads of Parameter Store a second.`,
    table: {
      head: ['instances', 'all in service, seconds', 'with unlimited reads', 'lost'],
      rows: steps.map(({ size, limited, free }) => [
        size.toLocaleString('en'),
        seconds(limited.seconds),
        seconds(free.seconds),
        String(limited.lost),
      ]),
    },
    verdicts: [
      atMost('1,000 launches at once, later than with unlimited reads', 60, Math.max(...later), 's'),
      atMost('launches lost', 0, Math.max(...steps.map(({ limited }) => limited.lost)), ''),
    ],
  };
}
