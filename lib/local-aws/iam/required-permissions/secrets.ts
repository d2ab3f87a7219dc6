import { arn } from '../../model/arns.ts';
import type { Account } from '../account.ts';
import { onEach } from '../required-permission.ts';

/** Secrets Manager. A secret that does not exist has no six characters at the end of its ARN yet. */
export const secretPermissions = {
  GetSecretValue: ({ SecretId = '' }: { SecretId?: string }, { secrets, place }: Account) => {
    const known = secrets.find(SecretId)?.arn;
    const assumed = SecretId.startsWith('arn:') ? SecretId : arn.secret(place, SecretId, '').slice(0, -1);
    return onEach('secretsmanager:GetSecretValue', [known ?? assumed]);
  },
};
