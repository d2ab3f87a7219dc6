import type { Construct } from 'constructs';
import { isGit } from '../../config/repository.ts';
import type { Service } from '../../config/service.ts';
import type { Grant } from '../add-grants.ts';
import { arn } from '../stack-names.ts';

/** Permissions to read the secrets of private repositories; none if all are public. */
export function repositorySecrets(scope: Construct, services: readonly Service[]): Grant[] {
  const names = new Set(services.flatMap(secretNames));
  if (names.size === 0) return [];
  return [
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [...names].map((name) => secretArn(scope, name)),
      because: 'Secrets Manager ends the ARN of a secret with six characters of its own',
    },
  ];
}

function secretNames({ repositories }: Service): string[] {
  return Object.values(repositories).flatMap((repository) =>
    isGit(repository) && repository.credentials ? [repository.credentials.secret] : [],
  );
}

/**
 * ARN of a secret, or the ARN pattern of a name. Secrets Manager adds a hyphen and six characters to the name; with `*` in
 * their place, the pattern of `site` would fit the secret `site-admin` too.
 */
export function secretArn(scope: Construct, name: string): string {
  return name.startsWith('arn:') ? name : arn(scope, 'secretsmanager', `secret:${name}-??????`);
}
