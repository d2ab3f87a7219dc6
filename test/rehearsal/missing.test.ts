import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDefinition } from '../../lib/local-aws/states-language/validate.ts';
import { Command } from '../support/rehearsal/command.ts';
import { daily, sample } from '../support/suite/sample.ts';
import { isFull } from '../support/suite/seed.ts';

jest.setTimeout(400_000);

interface Definition {
  StartAt: string;
  States: Record<string, { Next?: string; Type: string }>;
}

interface Machine {
  Properties: { StateMachineName: string; DefinitionString: { 'Fn::Join': [string, unknown[]] } };
}

/** The rollout template of a copied assembly, and its machines with their definitions as objects. */
function machinesOf(
  assembly: string,
): { name: string; definition: Definition; replace(by: Definition): void }[] {
  const file = join(assembly, 'holdfast-staging-rollout.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, Machine & { Type: string }>;
  };
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')
    .map(({ Properties }) => {
      const parts = Properties.DefinitionString['Fn::Join'][1];
      const references: unknown[] = [];
      const text = parts
        .map((part) => (typeof part === 'string' ? part : `@${references.push(part) - 1}@`))
        .join('');
      return {
        name: Properties.StateMachineName,
        definition: JSON.parse(text) as Definition,
        replace(by) {
          const pieces = JSON.stringify(by).split(/@(\d+)@/);
          Properties.DefinitionString['Fn::Join'][1] = pieces.map((piece, index) =>
            index % 2 === 0 ? piece : references[Number(piece)],
          );
          writeFileSync(file, JSON.stringify(template));
        },
      };
    });
}

describe('nothing but the product does the work: the rehearsal fails', () => {
  let command: Command;

  beforeEach(() => {
    command = new Command();
  });
  afterEach(() => command.close());

  async function rehearsed(assembly: string) {
    command.start(['--assembly', assembly, '--instances', '1']);
    return await command.end();
  }

  function machine(assembly: string, kind: string) {
    const found = machinesOf(assembly).find(({ name }) => name.endsWith(kind));
    if (!found) throw new Error(`no machine ${kind}`);
    return found;
  }

  it('without any one of the states', () => {
    const machines = machinesOf(command.copyAssembly());
    expect(machines).toHaveLength(2);
    for (const { name, definition } of machines) {
      // The references to functions are ARNs by the time that a definition is checked.
      const resolved = JSON.stringify(definition).replace(
        /@\d+@/g,
        'arn:aws:lambda:eu-west-1:1:function:f:1',
      );
      expect(() => checkDefinition(name, resolved)).not.toThrow();
      for (const state of sample(Object.keys(definition.States), 1 / 8)) {
        const { [state]: _, ...States } = (JSON.parse(resolved) as Definition).States;
        expect(() => checkDefinition(name, JSON.stringify({ ...definition, States }))).toThrow(
          'its definition is refused',
        );
      }
    }
  });

  // Seconds each, for one mistake in the same place.
  const dailyIt = daily(1 / 3);

  dailyIt('without a state, when it is run', async () => {
    const assembly = command.copyAssembly();
    const { definition, replace } = machine(assembly, 'settle');
    delete definition.States['wait for late writers'];
    replace(definition);
    const { code, output } = await rehearsed(assembly);
    expect(output).toContain('state machine holdfast-staging-settle: its definition is refused');
    expect(code).toBe(2);
  });

  // Half a minute; `perform.test.ts` tells what a rehearsal makes of it.
  (isFull ? it : it.skip)('when the workflow steps over a state', async () => {
    const state = 'drain';
    const assembly = command.copyAssembly();
    const { definition, replace } = machine(assembly, 'rollout');
    const { [state]: removed, ...States } = definition.States;
    const text = JSON.stringify({ ...definition, States }).replaceAll(
      `"Next":"${state}"`,
      `"Next":"${removed?.Next}"`,
    );
    replace(JSON.parse(text) as Definition);
    const { code, output } = await rehearsed(assembly);
    expect(output).toContain(`the workflow did not take the steps ${state}`);
    expect(code).toBe(1);
  });

  it.each(sample(['shift', 'take-over', 'listener-rules'], 1 / 3))(
    'without the bundle of %s',
    async (name) => {
      const assembly = command.copyAssembly();
      rmSync(join(assembly, assetOf(assembly, name), 'index.mjs'));
      const { code, output } = await rehearsed(assembly);
      expect(output).toContain(`function holdfast-staging-${name}: found no index.mjs`);
      expect(code).toBe(2);
    },
  );

  dailyIt('without the agent', async () => {
    const assembly = command.copyAssembly();
    rmSync(join(assembly, assetOf(assembly, 'agent-object'), 'holdfast-agent'));
    const { code, output } = await rehearsed(assembly);
    expect(output).toContain('(Custom::HoldfastAgent) was not created');
    expect(code).toBe(1);
  });
});

/** Asset folder of a function's bundle. */
function assetOf(assembly: string, name: string): string {
  for (const file of readdirSync(assembly).filter((each) => /staging.*template\.json$/.test(each))) {
    const { Resources } = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as {
      Resources: Record<string, { Properties?: { FunctionName?: string; Code?: { S3Key: string } } }>;
    };
    const found = Object.values(Resources).find(
      ({ Properties }) => Properties?.FunctionName === `holdfast-staging-${name}`,
    );
    if (found?.Properties?.Code) return `asset.${found.Properties.Code.S3Key.replace('.zip', '')}`;
  }
  throw new Error(`no function ${name}`);
}
