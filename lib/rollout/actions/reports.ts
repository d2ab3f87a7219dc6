import { storeKeys } from '../../config/resource-names.ts';
import { HoldfastError } from '../../release/errors.ts';
import { parseReport, type Report } from '../../release/report.ts';
import type { Adapters } from './step-context.ts';

/** Concurrent reads: enough for a thousand reports within a Lambda's time. */
const width = 25;

/**
 * Reports of instances. Instances without a report are left out. Throws InvalidRecord for a report of anybody but the
 * instance whose key it has.
 */
export async function reportsOf(
  { environment, objects }: Pick<Adapters, 'environment' | 'objects'>,
  service: string,
  roleId: string,
  instances: readonly string[],
): Promise<Report[]> {
  const left = [...instances];
  const reports: Report[] = [];
  const read = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const key = storeKeys.report(service, roleId, id);
      const found = await objects.get(key);
      if (found) reports.push(reportBelow(key, found.body, { environment, service, instance: id }));
    }
  };
  await Promise.all(Array.from({ length: width }, read));
  return reports;
}

/** IAM guards the key: an instance writes below its own id alone, and may write there what it likes. */
function reportBelow(
  key: string,
  body: string,
  expected: Pick<Report, 'environment' | 'service' | 'instance'>,
): Report {
  const report = parseReport(body, key);
  const wrong = (['environment', 'service', 'instance'] as const).find(
    (name) => report[name] !== expected[name],
  );
  if (wrong === undefined) return report;
  throw new HoldfastError(
    'InvalidRecord',
    `${key}: found a report of ${wrong} ${report[wrong]}, expected ${expected[wrong]}; look for an intruder on ${expected.instance}, and end it`,
  );
}
