import Sequencer from '@jest/test-sequencer';

/** They wait for most of a minute: the others compute meanwhile, and no worker ends with one of them alone. */
const waiting = /\/test\/(rehearsal\/(given|interrupt|missing|rehearse)|agent\/faults\/git-host)\.test\.ts$/;

/** Begins with the files that wait; the rest in the order of jest. */
export default class WaitingFirst extends Sequencer {
  /** @param {Parameters<Sequencer['sort']>[0]} tests */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((a, b) => Number(waiting.test(b.path)) - Number(waiting.test(a.path)));
  }
}
