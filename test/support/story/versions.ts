import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { otherSteps, rolloutSteps, type Step, settleSteps } from '../../../lib/rollout/contract.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';
import { assembly } from './simulate.ts';

/** Templates of the rollout stack, as version 0.1.0 made it and as this one does. */
const templates = {
  before: join(__dirname, '../../fixtures/versions/0.1.0/templates/holdfast-test-rollout.json'),
  present: join(assembly, 'holdfast-prod-rollout.template.json'),
} as const;
export type Version = keyof typeof templates;

interface Machine {
  Type: string;
  Properties: {
    StateMachineName: string;
    DefinitionString: { 'Fn::Join': [string, (string | { Ref: string })[]] };
  };
}

const steps: readonly Step[] = [...rolloutSteps, ...settleSteps, ...otherSteps];

/**
 * Gives the machines the definitions of a version, as an update of the rollout stack does: executions that run keep
 * theirs. The functions are always those of this version.
 */
export function updateMachines({ world }: Simulation, version: Version): void {
  const { Resources } = JSON.parse(readFileSync(templates[version], 'utf8')) as {
    Resources: Record<string, Machine>;
  };
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::StepFunctions::StateMachine') continue;
    const parts = Properties.DefinitionString['Fn::Join'][1];
    const definition = parts.map((part) => (typeof part === 'string' ? part : functionOf(world.place, part)));
    const name = Properties.StateMachineName.replace('-test-', '-prod-');
    world.stepFunctions.createStateMachine({ name, definition: definition.join(''), roleArn: '' });
  }
}

/** ARN of the function behind a reference to its published version. */
function functionOf({ region, account }: Simulation['world']['place'], { Ref }: { Ref: string }): string {
  const step = steps.find((name) => Ref.startsWith(`functions${name.replaceAll('-', '')}functionCurrent`));
  if (!step) throw new Error(`found no step behind ${Ref}`);
  return `arn:aws:lambda:${region}:${account}:function:holdfast-prod-${step}:1`;
}
