import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../../support/rehearsal/command.ts';

jest.setTimeout(180_000);

interface Resource {
  Type: string;
  Properties: { PolicyDocument?: { Statement: { Action: string | string[] }[] } };
}

/** Changes the resources of a copied assembly's stack. */
function change(assembly: string, stack: string, by: (resources: Record<string, Resource>) => void): void {
  const file = readdirSync(assembly).find((name) => name.endsWith(`staging-${stack}.template.json`)) ?? '';
  const template = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  by(template.Resources);
  writeFileSync(join(assembly, file), JSON.stringify(template));
}

/** Takes a right out of the policy of a role. */
function take(action: string, role: string) {
  return (resources: Record<string, Resource>) => {
    const [, policy] =
      Object.entries(resources).find(([id]) => id.startsWith(`${role}roleDefaultPolicy`)) ?? [];
    let taken = 0;
    for (const statement of policy?.Properties.PolicyDocument?.Statement ?? []) {
      const actions = [statement.Action].flat();
      statement.Action = actions.map((each) => (each === action ? 'none:None' : each));
      taken += Number(actions.includes(action));
    }
    if (taken === 0) throw new Error(`${role} has no right ${action}`);
  };
}

describe('the rehearsal fails', () => {
  let command: Command;
  beforeEach(() => {
    command = new Command();
  });
  afterEach(() => command.close());

  test.each([
    ['a step lacks', 'rollout', 'functionsboot', 'ec2:RunInstances', 'AccessDenied: User: '],
    ['the workflow lacks', 'rollout', 'rollout', 'lambda:InvokeFunction', 'States.Permissions'],
    ['a custom resource lacks', 'store', 'agentput', 'kms:GenerateDataKey', 'AccessDenied: User: '],
  ])('when %s a right: %s, %s, %s', async (_, stack, role, action, words) => {
    const assembly = command.copyAssembly();
    change(assembly, stack, take(action, role));
    command.start(['--assembly', assembly, '--instances', '1']);
    const { code, output } = await command.end();
    expect(output).toContain(words);
    expect(output).toContain(`is not authorized to perform: ${action} on resource: `);
    expect(code).toBe(1);
  });

  it('when nobody may deliver events to the sweep', async () => {
    const assembly = command.copyAssembly();
    change(assembly, 'rollout', (resources) => {
      for (const [id, { Type }] of Object.entries(resources)) {
        if (Type === 'AWS::Lambda::Permission') delete resources[id];
      }
    });
    command.start(['--assembly', assembly, '--instances', '1']);
    const { code, output } = await command.end();
    expect(output).toContain('rule/holdfast-staging-sweep has no permission to invoke');
    expect(code).toBe(2);
  });
});
