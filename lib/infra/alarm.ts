/** Text of an alarm: what it means, and where its entry in the runbook is. */
export function describeAlarm(sentence: string, entry: string): string {
  return `${sentence} Runbook: docs/runbook.md#${entry}`;
}
