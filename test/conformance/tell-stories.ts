import { type Account, connected } from './account.ts';
import { verbsOf } from './adapters.ts';
import type { Opened, Opinion } from './opinions.ts';
import { stories } from './stories.ts';

/** Tells all stories to an implementation of AWS. `unknown`: verbs of which it knows nothing that would be AWS's answer. */
export function tellStories({ name, start }: Opinion, unknown: readonly string[] = []): void {
  describe(`the adapters, asked of ${name}`, () => {
    const verbs = new Set<string>();
    let opened: Opened;
    let account: Account;
    beforeAll(async () => {
      opened = await start();
    }, 60_000);
    afterAll(() => opened.close());
    beforeEach(async () => {
      account = connected(name, await opened.account(), verbs);
    });
    afterEach(() => account.close());

    for (const story of stories) {
      const isAsked = name !== 'moto' || story.notMoto === undefined;
      const told = isAsked ? test : test.skip;
      told(`${story.name}${isAsked ? '' : ` (moto: ${story.notMoto})`}`, () => story.tell(account));
    }

    test('every verb of every adapter was asked', () => {
      const missing = verbsOf(account.adapters).filter((verb) => !verbs.has(verb));
      expect(missing).toEqual(unknown);
    });
  });
}
