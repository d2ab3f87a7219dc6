import { Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { addGrants } from '../../lib/infra/add-grants.ts';
import { emptyStack } from '../support/stack/example.ts';

const roleOf = () => new Role(emptyStack(), 'role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
const accepted = (role: Role) =>
  role.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .map(({ data }) => data);

describe('a grant', () => {
  test('on an exact name needs no reason', () => {
    const role = roleOf();
    addGrants(role, [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/key'] }]);
    expect(accepted(role)).toEqual([]);
  });

  test('on a pattern gives its reason to the report', () => {
    const role = roleOf();
    addGrants(role, [
      { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'], because: 'tarballs come and go' },
    ]);
    expect(accepted(role)).toEqual([
      { 'Annotation::AwsSolutions-IAM5[Resource::arn:aws:s3:::b/*]': 'tarballs come and go' },
    ]);
  });

  test('refuses a pattern without a reason', () => {
    expect(() =>
      addGrants(roleOf(), [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }]),
    ).toThrow(
      'a grant on arn:aws:s3:::b/* gives no reason; say why no exact name will do, or name the resource',
    );
  });
});
