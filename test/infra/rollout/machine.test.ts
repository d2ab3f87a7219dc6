import { type Resource, templateOf } from '../../support/stack/example.ts';
import { actionsOf, allowing, statementsOf } from '../../support/stack/policies.ts';

const template = templateOf('rollout');
const resources = template.toJSON().Resources as Record<string, Resource>;
const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));

/** Logical ids that a definition calls. */
function called({ Properties }: Resource): string[] {
  const { DefinitionString } = Properties as { DefinitionString: { 'Fn::Join': [string, unknown[]] } };
  return DefinitionString['Fn::Join'][1].flatMap((part) => (part as { Ref?: string }).Ref ?? []);
}

describe('the state machines', () => {
  test('are rollout and settle', () => {
    expect(machines.map(({ Properties }) => Properties.StateMachineName)).toEqual([
      'holdfast-test-rollout',
      'holdfast-test-settle',
    ]);
  });

  test('call published versions that stay when a newer one comes', () => {
    const versions = machines.flatMap((machine) => called(machine as Resource));
    expect(versions.length).toBeGreaterThan(20);
    for (const id of versions) {
      expect(resources[id]?.Type).toBe('AWS::Lambda::Version');
      expect(resources[id]?.DeletionPolicy).toBe('Retain');
      expect(resources[id]?.UpdateReplacePolicy).toBe('Retain');
    }
  });

  test('may call every version of their own steps, those of running executions included', () => {
    const calls = (prefix: string) =>
      allowing(statementsOf(template, prefix), 'lambda:InvokeFunction').flatMap((each) => each.resources);
    expect(calls('settlerole')).toEqual(
      [
        'check-drained',
        'check-terminated',
        'close',
        'drain',
        'evidence',
        'restore',
        'take-over',
        'terminate',
      ].map((step) => `arn:aws:lambda:eu-west-1:123456789012:function:holdfast-test-${step}:*`),
    );
    expect(calls('rolloutrole')).not.toContain(
      'arn:aws:lambda:eu-west-1:123456789012:function:holdfast-test-sweep:*',
    );
  });

  test('may do nothing else but log and trace', () => {
    for (const role of ['rolloutrole', 'settlerole'])
      expect(
        actionsOf(statementsOf(template, role)).filter((action) => !/^(logs|xray):/.test(action)),
      ).toEqual(['lambda:InvokeFunction']);
  });

  test('log everything, are traced, and end after a day', () => {
    for (const { Properties } of machines) {
      expect(Properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
      expect(Properties.TracingConfiguration).toEqual({ Enabled: true });
      expect(JSON.stringify(Properties.DefinitionString)).toContain('\\"TimeoutSeconds\\":86400');
    }
  });
});
