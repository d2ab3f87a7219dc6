import { simulationAssembly } from '../../lib/simulation/assembly.ts';
import { assembly } from '../support/story/simulate.ts';

const { stacks } = simulationAssembly(assembly, 'prod', ['web']);
const types = stacks.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));

test('holds the stacks of the environment and of the named service alone', () => {
  expect(stacks.map(({ name }) => name.replace('holdfast-prod-', ''))).toEqual([
    'store',
    'network',
    'rollout',
    'service-web',
  ]);
});

test('keeps what a simulation looks at, and what that refers to', () => {
  expect(types).toEqual(
    expect.arrayContaining([
      'AWS::StepFunctions::StateMachine',
      'AWS::Events::Rule',
      'AWS::Lambda::Function',
      'AWS::EC2::LaunchTemplate',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'Custom::HoldfastListenerRules',
    ]),
  );
  expect(types).not.toContain('AWS::IAM::Policy');
  expect(types).not.toContain('AWS::CloudWatch::Alarm');
});

test('is read once', () => {
  expect(simulationAssembly(assembly, 'prod', ['web'])).toBe(simulationAssembly(assembly, 'prod', ['web']));
});
