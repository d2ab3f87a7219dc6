import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { templateOf, web } from '../../support/stack/example.ts';
import { actionsOf, statementsOf } from '../../support/stack/policies.ts';

const root = resolve(__dirname, '../../..');
const secret = { url: 'https://git.example.com/a.git', branch: 'main', credentials: { secret: 'git' } };
const template = templateOf('rollout', { services: { web: { ...web, repositories: { secret } } } });
const names = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) =>
  String(Properties.FunctionName).replace('holdfast-test-', ''),
);

/** AWS services behind each connection of lib/lambda/connect.ts. */
const services: Readonly<Record<string, string>> = {
  store: 's3',
  parameters: 'ssm',
  groups: 'autoscaling',
  ec2: 'ec2',
  balancer: 'elasticloadbalancing',
  executions: 'states',
  stacks: 'cloudformation',
  refs: 'secretsmanager',
};

/** Rights that go with those of another service: encryption, what a launch takes, the log. */
const besides = ['kms', 'iam', 'logs'];

/** Services that a Lambda connects to. */
function connected(name: string): string[] {
  const file = name === 'listener-rules' ? 'lib/lambda/custom-resource.ts' : `lambda/${name}.ts`;
  const text = readFileSync(join(root, file), 'utf8');
  const [, imported = ''] = /import \{([^}]*)\} from '[^']*connect\.ts'/.exec(text) ?? [];
  return imported
    .split(',')
    .flatMap((each) => services[each.trim()] ?? [])
    .toSorted();
}

/** Services that a Lambda has rights on. */
function allowed(name: string): string[] {
  const prefixes = actionsOf(statementsOf(template, `functions${name.replaceAll('-', '')}role`)).map(
    (action) => action.split(':')[0] as string,
  );
  return [...new Set(prefixes)].filter((prefix) => !besides.includes(prefix)).toSorted();
}

describe('the rights of a step', () => {
  test.each(names)('are on the services that it talks to, no more and no less: %s', (name) => {
    expect(allowed(name)).toEqual(connected(name));
  });
});

/** Verbs of the SDK whose right has another name. */
const rights: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  ListObjectsV2: 'ListBucket',
};

/** Rights that only instances need. */
const ofInstances = ['RecordLifecycleActionHeartbeat'];

describe('every verb of the adapters', () => {
  const granted = new Set(
    names.flatMap((name) =>
      actionsOf(statementsOf(template, `functions${name.replaceAll('-', '')}role`)).map(
        (action) => action.split(':')[1],
      ),
    ),
  );
  const verbs = readdirSync(join(root, 'lib/aws')).flatMap((file) =>
    [...readFileSync(join(root, 'lib/aws', file), 'utf8').matchAll(/new (\w+)Command\(/g)].map(
      (match) => match[1] as string,
    ),
  );

  test.each([...new Set(verbs)].toSorted())('is granted to a step, or is an instance’s: %s', (verb) => {
    const right = rights[verb] ?? verb;
    expect([...granted, ...ofInstances]).toContain(right);
  });
});
