/** The Error and Cause of a Catch, or of an overdue wait. */
export interface Caught {
  Error?: string | undefined;
  Cause?: string | undefined;
}

/** Most bytes that Step Functions takes as a cause are 32 KB; a sentence needs far fewer. */
const longest = 2000;

/** The sentence in a Cause: Lambda wraps the message of what was thrown into JSON. */
export function sentenceOf({ Cause: cause = '' }: Caught): string {
  return (messageIn(cause) ?? cause).trim().slice(0, longest) || 'no cause was given';
}

/** The cause for the Fail state: one sentence that ends with where the evidence is. */
export function causeOf(caught: Caught, found: { committed: boolean; evidence: string | undefined }): string {
  const committed = found.committed ? '; the release was recorded before and stays' : '';
  const where = found.evidence ? `; evidence: ${found.evidence}` : '';
  return `${sentenceOf(caught)}${committed}${where}`;
}

/** The newest part of a console: its last bytes. */
export function lastBytes(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  return buffer.length <= bytes ? text : buffer.subarray(buffer.length - bytes).toString();
}

/** Of a deployment's instances those to keep the evidence of: failed ones first, at most `most`. */
export function worthKeeping<T extends { id: string }>(
  instances: readonly T[],
  reports: readonly { instance: string; result: string }[],
  most: number,
): T[] {
  const result = new Map(reports.map((report) => [report.instance, report.result]));
  const rank = ({ id }: T) => ['failed', undefined, 'ready'].indexOf(result.get(id));
  return instances.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
}

function messageIn(cause: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message = (parsed as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
