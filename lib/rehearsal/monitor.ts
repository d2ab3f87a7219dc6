import type { LocalEnvironment } from './environment.ts';
import { describeFleets, fleetsOf } from './fleets.ts';
import { countsBetween, type Load } from './load/load.ts';
import type { Timeline } from './timeline.ts';

const tickMilliseconds = 1000;
/** Without news, a line is written every so often. */
const newsEveryTicks = 10;

/**
 * Shows every second which fleet is live, its weights and instances, and the state of the load. Call the result to
 * end it.
 */
export function startMonitor(environment: LocalEnvironment, load: Load, timeline: Timeline): () => void {
  let last = { fleets: '', counts: load.counts, ticks: 0 };
  const tick = () => {
    const fleets = describeFleets(fleetsOf(environment));
    const { counts } = load;
    const { total } = countsBetween(last.counts, counts);
    const isNews =
      fleets !== last.fleets || counts.failed > last.counts.failed || last.ticks >= newsEveryTicks;
    timeline.status(`  ${fleets} | ${total} requests/s, ${counts.failed} failed`, isNews);
    last = { fleets, counts, ticks: isNews ? 0 : last.ticks + 1 };
  };
  const timer = setInterval(tick, tickMilliseconds);
  return () => clearInterval(timer);
}
