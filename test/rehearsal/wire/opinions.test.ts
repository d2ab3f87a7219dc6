import type { Asked } from './opinions/asked.ts';
import { opinions } from './opinions/endpoints.ts';
import { groupStory } from './opinions/groups.ts';
import { objectStory } from './opinions/objects.ts';
import { parameterStory } from './opinions/parameters.ts';
import { ruleStory } from './opinions/rules.ts';
import { secretStory } from './opinions/secrets.ts';

for (const { name, isThere, start } of opinions) {
  const suite = isThere ? describe : describe.skip;

  suite(`the same requests, asked of ${name}${isThere ? '' : ' (not installed here)'}`, () => {
    let asked: Asked;
    let close: () => Promise<void>;
    beforeAll(async () => {
      const endpoint = await start();
      close = endpoint.close;
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      asked = { name, region: 'us-east-1', endpoint: endpoint.url, credentials, maxAttempts: 1 };
    }, 60_000);
    afterAll(() => close());

    test('Parameter Store', () => parameterStory(asked));
    test('S3', () => objectStory(asked));
    test('Secrets Manager', () => secretStory(asked));
    test('launch templates and groups', () => groupStory(asked));
    test('rules and weights', () => ruleStory(asked));
  });
}
