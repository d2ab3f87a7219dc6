import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, type IChainable, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { RolloutFunctions, SettleFunctions } from '../../../lib/infra/rollout/definition/functions.ts';
import { rolloutDefinition } from '../../../lib/infra/rollout/definition/rollout.ts';
import { settleDefinition } from '../../../lib/infra/rollout/definition/settle-machine.ts';
import { otherSteps, rolloutSteps, type Step, settleSteps } from '../../../lib/rollout/contract.ts';
import { emptyStack } from './example.ts';

/** A state as it stands in a definition. */
export interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { ErrorEquals: string[]; Next: string; ResultPath: string }[];
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  [key: string]: unknown;
}
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

const region = 'eu-west-1';
const account = '123456789012';

/** The definitions as the template holds them. */
export function definitions(): { rollout: Definition; settle: Definition } {
  return { rollout: render('rollout', rolloutDefinition), settle: render('settle', settleDefinition) };
}

function functionsOf(stack: Stack): RolloutFunctions & SettleFunctions {
  const steps: Step[] = [...rolloutSteps, ...settleSteps, ...otherSteps];
  return Object.fromEntries(
    steps.map((step) => [
      step,
      LambdaFunction.fromFunctionArn(
        stack,
        `function ${step}`,
        `arn:aws:lambda:${region}:${account}:function:${step}:1`,
      ),
    ]),
  ) as unknown as RolloutFunctions & SettleFunctions;
}

function render(
  name: string,
  define: (scope: Construct, functions: RolloutFunctions & SettleFunctions) => IChainable,
): Definition {
  const stack = emptyStack(name, { env: { account, region } });
  const states = define(new Construct(stack, 'states'), functionsOf(stack));
  new StateMachine(stack, 'machine', { definitionBody: DefinitionBody.fromChainable(states) });
  const found = Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine');
  const text = Object.values(found)[0]?.Properties.DefinitionString;
  return JSON.parse(typeof text === 'string' ? text : joined(text));
}

/** The text of an `Fn::Join` whose parts are plain or the partition. */
function joined(value: { 'Fn::Join': [string, unknown[]] }): string {
  return value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'aws')).join('');
}
