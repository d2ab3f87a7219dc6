import { storeKeys } from '../../config/resource-names.ts';
import { parseReport, type Report } from '../../release/report.ts';
import type { Adapters } from './step-context.ts';

/** Concurrent reads: enough for a thousand reports within a Lambda's time. */
const width = 25;

/** Reports of instances. Instances without a report are left out. */
export async function reportsOf(
  { objects }: Pick<Adapters, 'objects'>,
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
      if (found) reports.push(parseReport(found.body, key));
    }
  };
  await Promise.all(Array.from({ length: width }, read));
  return reports;
}
