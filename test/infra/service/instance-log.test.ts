import { onlyResource, type ServiceInput, templateOf, web } from '../../support/stack/example.ts';

const logOf = (service: Partial<ServiceInput> = {}) =>
  onlyResource(
    templateOf('service-web', { services: { web: { ...web, ...service } } }),
    'AWS::Logs::LogGroup',
  );

describe('the log of the instances of a service', () => {
  test('stands apart from those of the functions, one of which may be named like the service', () => {
    expect(logOf().Properties.LogGroupName).toBe('/holdfast/test/instances/web');
  });

  test('is kept half a year, or as long as the configuration says', () => {
    expect(logOf().Properties.RetentionInDays).toBe(180);
    expect(logOf({ log: { retentionDays: 14 } }).Properties.RetentionInDays).toBe(14);
  });

  test('goes with the service, so that it can be made again under its name', () => {
    expect(logOf()).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('is encrypted as CloudWatch does by itself', () => {
    expect(logOf().Properties).not.toHaveProperty('KmsKeyId');
  });
});
