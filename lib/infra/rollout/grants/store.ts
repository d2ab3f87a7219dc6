import { storeKeys } from '../../../config/resource-names.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun = 'readJournal' | 'writeJournal' | 'readOverlays' | 'readReports' | 'writeEvidence';

/** The store bucket. Its key is used with the permissions of the reader or writer. */
export function storeGrants(realm: GrantScope): Grants<Noun> {
  const objects = (actions: string[], pattern: string) => ({
    actions,
    resources: [realm.store(pattern)],
    because: because.allServices,
  });
  const decrypt = { actions: ['kms:Decrypt'], resources: [realm.keyArn] };
  const encrypt = { actions: ['kms:GenerateDataKey'], resources: [realm.keyArn] };
  // Without it S3 answers 403 for a missing key.
  const list = { actions: ['s3:ListBucket'], resources: [realm.store()] };
  return {
    readJournal: [objects(['s3:GetObject'], `${storeKeys.journals}*`), list, decrypt],
    writeJournal: [objects(['s3:PutObject'], `${storeKeys.journals}*`), encrypt],
    readOverlays: [objects(['s3:GetObject', 's3:GetObjectVersion'], 'overlays/*'), list, decrypt],
    readReports: [objects(['s3:GetObject'], 'reports/*'), list, decrypt],
    writeEvidence: [objects(['s3:PutObject'], 'evidence/*'), encrypt],
  };
}
