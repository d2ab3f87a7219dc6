import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import cdk from '../../cdk.json' with { type: 'json' };
import { appOf } from '../support/stack/example.ts';

describe('the app', () => {
  test('takes every feature flag that the library recommends', () => {
    expect(cdk.context).toEqual(flags);
    expect(appOf().node.getAllContext()).toMatchObject(flags);
  });

  test('has four kinds of stacks, each built on those before it', () => {
    const stacks = appOf().synth().stacks;
    const needs = (name: string) =>
      stacks
        .find((stack) => stack.stackName === name)
        ?.dependencies.map(({ id }) => id)
        .filter((id) => !id.endsWith('.assets'));
    expect(stacks.map(({ stackName }) => stackName).toSorted()).toEqual([
      'holdfast-test-network',
      'holdfast-test-rollout',
      'holdfast-test-service-web',
      'holdfast-test-service-worker',
      'holdfast-test-store',
    ]);
    expect(needs('holdfast-test-network')).toEqual(['holdfast-test-store']);
    expect(needs('holdfast-test-rollout')?.toSorted()).toEqual([
      'holdfast-test-network',
      'holdfast-test-store',
    ]);
    expect(needs('holdfast-test-service-worker')?.toSorted()).toEqual([
      'holdfast-test-network',
      'holdfast-test-rollout',
      'holdfast-test-store',
    ]);
  });

  test('gives no stack tags: they would change every resource, target groups among them', () => {
    for (const stack of appOf({ tags: { team: 'shop' } }).synth().stacks) expect(stack.tags).toEqual({});
  });
});
