import { appOf, templatesOf, web, worker } from '../support/stack/example.ts';
import { withoutDigests } from '../support/stack/without-digests.ts';

const templates = templatesOf(appOf({ services: { web, worker }, tags: { team: 'shop' } }));

describe('the stacks', () => {
  test.each(Object.keys(templates).toSorted())('%s', (name) => {
    expect(withoutDigests(templates[name])).toMatchSnapshot();
  });
});
