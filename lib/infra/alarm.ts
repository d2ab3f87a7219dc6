/** Text of an alarm: its meaning and its runbook entry. */
export function describeAlarm(sentence: string, entry: string): string {
  return `${sentence} Runbook: docs/runbook.md#${entry}`;
}
