import { decide } from '../../../lib/local-aws/iam/decide.ts';
import { requiredPermissions } from '../../../lib/local-aws/iam/required-permissions.ts';
import { parseStatements } from '../../../lib/local-aws/iam/statement.ts';
import { World } from '../../../lib/local-aws/world.ts';
import { fixture } from '../../support/local-aws/world.ts';
import { type ServiceInput, templateOf, web, worker } from '../../support/stack/example.ts';
import { statementsOf } from '../../support/stack/policies.ts';

const privately = (service: ServiceInput, secret: string): ServiceInput => ({
  ...service,
  repositories: {
    site: { url: 'https://git.example.com/a.git', branch: 'main', credentials: { secret } },
  },
});
/** One whose name begins with a service's: no right follows from that. */
const all = ['git/web', 'git/web-admin', 'git/web-admin-of-all', 'git/worker', 'git/worker-2', 'other'];
const services = { web: privately(web, 'git/web'), worker: privately(worker, 'git/worker') };

/** The example configuration has no private repository: its rights are decided on by themselves. */
describe('secrets of private repositories', () => {
  const { clock, hosts } = fixture();
  const world = new World({ clock, hosts, place: { account: '123456789012', region: 'eu-west-1' } });
  for (const Name of all) world.secrets.createSecret({ Name, SecretString: 's' });
  afterAll(() => world.close());

  function decided(stack: string, role: string, SecretId: string): string {
    const Statement = statementsOf(templateOf(stack, { services }), role)
      .filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))
      .map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources }));
    const statements = parseStatements({ Version: '2012-10-17', Statement }, role);
    const [need] = requiredPermissions(
      { service: 'secretsmanager', operation: 'GetSecretValue', input: { SecretId } },
      world,
    );
    if (!need) throw new Error('no right is needed');
    return decide(statements, need, {});
  }

  test.each([
    ['prepare', 'rollout', 'functionspreparerole', ['git/web', 'git/worker']],
    ['an instance', 'service-web', 'instancerole', ['git/web']],
  ])('are read by %s, and no others', (_, stack, role, own) => {
    const allowed = all.filter((name) => decided(stack, role, name) === 'allowed');
    expect(allowed).toEqual(own);
  });
});
