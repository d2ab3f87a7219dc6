import { decide } from '../../../lib/local-aws/iam/decide.ts';
import { requiredPermissions } from '../../../lib/local-aws/iam/required-permissions.ts';
import { parseStatements } from '../../../lib/local-aws/iam/statement.ts';
import { World } from '../../../lib/local-aws/world.ts';
import { fixture } from '../../support/local-aws/world.ts';
import { templateOf, web, worker } from '../../support/stack/example.ts';
import { statementsOf } from '../../support/stack/policies.ts';

const services = {
  web: { ...web, values: { HOST: { parameter: '/shop/host' }, TOKEN: { secret: 'shop/web', key: 'token' } } },
  worker: { ...worker, values: { TOKEN: { secret: 'shop/worker' } } },
};

describe('what the environment of a service names', () => {
  const { clock, hosts } = fixture();
  const world = new World({ clock, hosts, place: { account: '123456789012', region: 'eu-west-1' } });
  for (const Name of ['shop/web', 'shop/worker']) world.secrets.createSecret({ Name, SecretString: 's' });
  afterAll(() => world.close());

  const Statement = statementsOf(templateOf('service-web', { services }), 'instancerole')
    .filter(({ actions }) => actions.some((action) => /^(ssm|secretsmanager):/.test(action)))
    .map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources }));
  const statements = parseStatements({ Version: '2012-10-17', Statement }, 'instance');

  function decided(service: string, operation: string, input: Record<string, string>): string {
    const [need] = requiredPermissions({ service, operation, input }, world);
    if (!need) throw new Error('no right is needed');
    return decide(statements, need, {});
  }

  test.each([
    ['/shop/host', 'allowed'],
    ['/holdfast/test/web/token', 'allowed'],
    ['/shop/other', 'refused'],
    ['/holdfast/test/worker/token', 'refused'],
  ])('is all of the parameters that its instances may read: %s is %s', (Name, decision) => {
    const said = decided('ssm', 'GetParameter', { Name });
    expect(said === 'allowed' ? said : 'refused').toBe(decision);
  });

  test.each([
    ['shop/web', 'allowed'],
    ['shop/worker', 'refused'],
  ])('is all of the secrets that its instances may read: %s is %s', (SecretId, decision) => {
    const said = decided('secretsmanager', 'GetSecretValue', { SecretId });
    expect(said === 'allowed' ? said : 'refused').toBe(decision);
  });
});
