import { Invocations } from '../../../lib/local-aws/iam/invocations.ts';

const permission = { functionArn: 'arn:sweep', principal: 'events.amazonaws.com', sourceArn: 'arn:rule' };

describe('invocations', () => {
  test.each([
    ['by the rule itself', permission],
    ['by any rule', { ...permission, sourceArn: undefined }],
  ])('are permitted %s', (_, given) => {
    const invocations = new Invocations();
    invocations.permit(given);
    invocations.expectCall(permission);
    expect(invocations.refused).toEqual([]);
  });

  test.each([
    ['another function', { functionArn: 'arn:boot' }],
    ['another service', { principal: 'sns.amazonaws.com' }],
    ['another rule', { sourceArn: 'arn:other' }],
  ])('are missed when the permission is for %s', (_, changed) => {
    const invocations = new Invocations();
    invocations.permit({ ...permission, ...changed });
    invocations.expectCall(permission);
    expect(invocations.refused).toEqual(['arn:rule has no permission to invoke arn:sweep']);
  });
});
