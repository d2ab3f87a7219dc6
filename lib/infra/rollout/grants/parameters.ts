import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun = 'readParameters' | 'readVersions' | 'writeCandidate' | 'writeRecord';

/** Settings and records in Parameter Store. Only a committing step may write the record. */
export function parameterGrants(realm: GrantScope): Grants<Noun> {
  const parameters = (action: string, ...names: string[]) => [
    {
      actions: [action],
      resources: names.map((name) => realm.parameter(name)),
      because: because.allServices,
    },
  ];
  return {
    readParameters: parameters('ssm:GetParameter', '*'),
    readVersions: parameters('ssm:GetParameterHistory', 'deployed'),
    writeCandidate: parameters('ssm:PutParameter', 'blue', 'green'),
    writeRecord: parameters('ssm:PutParameter', 'deployed'),
  };
}
