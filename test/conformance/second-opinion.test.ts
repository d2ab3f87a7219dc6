import { type Account, connected } from './account.ts';
import { verbsOf } from './adapters.ts';
import { local } from './local.ts';
import { moto } from './moto.ts';
import type { Opened } from './opinions.ts';
import { stories } from './stories.ts';

/** Verbs of which moto knows nothing that would be AWS's answer. */
const notMoto = ['lifecycle.complete', 'lifecycle.heartbeat', 'templates.delete'];

for (const { name, isThere, start } of [local, moto]) {
  const suite = isThere ? describe : describe.skip;

  suite(`the adapters, asked of ${name}${isThere ? '' : ' (moto_server is not installed here)'}`, () => {
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
      expect(missing).toEqual(name === 'moto' ? notMoto : []);
    });
  });
}
