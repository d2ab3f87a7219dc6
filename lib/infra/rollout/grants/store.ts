import { storeKeys } from '../../../config/names.ts';
import { because, type Grants, type Realm } from './realm.ts';

type Noun = 'journal' | 'readOverlays' | 'readReports' | 'writeEvidence';

/** The store bucket. */
export function storeGrants(realm: Realm): Grants<Noun> {
  const objects = (actions: string[], pattern: string) => ({
    actions,
    resources: [realm.store(pattern)],
    because: because.allServices,
  });
  return {
    journal: [
      objects(['s3:GetObject', 's3:PutObject'], `${storeKeys.journals}*`),
      // Without it S3 answers 403 to a key that is missing.
      { actions: ['s3:ListBucket'], resources: [realm.store()] },
      { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [realm.keyArn] },
    ],
    readOverlays: [objects(['s3:GetObject', 's3:GetObjectVersion'], 'overlays/*')],
    readReports: [objects(['s3:GetObject'], 'reports/*')],
    writeEvidence: [objects(['s3:PutObject'], 'evidence/*')],
  };
}
