import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Simulation } from '../../../lib/simulation/simulation.ts';
import { Command } from '../../support/rehearsal/command.ts';
import { assembly } from '../../support/story/simulate.ts';
import { daily } from '../../support/suite/sample.ts';

jest.setTimeout(180_000);

interface Resource {
  Type: string;
  Properties: { PolicyDocument?: { Statement: { Action: string | string[] }[] } };
}

/** Changes the resources of a copied assembly's stack. */
function change(assembly: string, stack: string, by: (resources: Record<string, Resource>) => void): void {
  const file = readdirSync(assembly).find((name) => name.endsWith(`${stack}.template.json`)) ?? '';
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

describe('a deployment fails', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-rights-'));
    cpSync(assembly, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a step lacks', 'functionsboot', 'ec2:RunInstances', 'AccessDenied: User: '],
    ['the workflow lacks', 'rollout', 'lambda:InvokeFunction', 'arn:aws:sts::'],
  ])('when %s a right: %s, %s', async (_, role, action, words) => {
    change(folder, 'prod-rollout', take(action, role));
    const simulation = await Simulation.start({ assembly: folder, checksRights: true });
    try {
      simulation.push();
      const ending = await simulation.ending(simulation.deploy());
      expect(ending).toMatchObject({ status: 'FAILED', cause: expect.stringContaining(words) });
      expect(JSON.stringify(ending)).toContain(`is not authorized to perform: ${action} on resource: `);
    } finally {
      simulation.close();
    }
  });
});

describe('the rehearsal fails', () => {
  const it = daily(1 / 2);
  let command: Command;
  beforeEach(() => {
    command = new Command();
  });
  afterEach(() => command.close());

  it('when a custom resource lacks a right', async () => {
    const copy = command.copyAssembly();
    change(copy, 'staging-store', take('kms:GenerateDataKey', 'agentput'));
    command.start(['--assembly', copy, '--instances', '1']);
    const { code, output } = await command.end();
    expect(output).toContain('AccessDenied: User: ');
    expect(output).toContain('is not authorized to perform: kms:GenerateDataKey on resource: ');
    expect(code).toBe(1);
  });

  it('when nobody may deliver events to the sweep', async () => {
    const copy = command.copyAssembly();
    change(copy, 'staging-rollout', (resources) => {
      for (const [id, { Type }] of Object.entries(resources)) {
        if (Type === 'AWS::Lambda::Permission') delete resources[id];
      }
    });
    command.start(['--assembly', copy, '--instances', '1']);
    const { code, output } = await command.end();
    expect(output).toContain('rule/holdfast-staging-sweep has no permission to invoke');
    expect(code).toBe(2);
  });
});
