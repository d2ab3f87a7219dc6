import { HoldfastError } from '../../release/errors.ts';
import type { DeploymentInput } from '../contract.ts';

/** Refuses a deployment that was asked for beside another record: `version` is that of `deployed`. */
export function refuseOtherRecord(
  { service, ifRecord }: Pick<DeploymentInput, 'service' | 'ifRecord'>,
  version: number | undefined,
): void {
  if (ifRecord === undefined || ifRecord === (version ?? 0)) return;
  const found = version === undefined ? 'was never deployed' : `has record ${version}`;
  const expected = ifRecord === 0 ? 'none' : `record ${ifRecord}`;
  throw new HoldfastError(
    'RecordChanged',
    `service ${service} ${found}, ifRecord expects ${expected}; look at what was deployed since, then deploy again with ifRecord ${version ?? 0} or without it`,
  );
}
