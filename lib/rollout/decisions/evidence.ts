import type { Caught, EvidenceEvent } from '../contract.ts';

/** Most bytes that Step Functions takes as a cause are 32 KB; a sentence needs far fewer. */
const longest = 2000;

/** The sentence in a Cause: Lambda wraps the message of what was thrown into JSON. */
export function sentenceOf({ Cause: cause = '' }: Caught): string {
  return (messageIn(cause) ?? cause).trim().slice(0, longest) || 'no cause was given';
}

/** What is known when an execution fails. */
export interface Known {
  /** The last step that noted something. */
  step?: string | undefined;
  /** Whether the release was recorded before. */
  committed: boolean;
  /** Where the evidence is, or why there is none; left out: nothing of this execution's to keep. */
  evidence?: string | undefined;
}

/** Error and cause for the Fail state: what failed first gives its name, and the cause is one sentence on all of it. */
export function endingOf({ failure, unsettled }: EvidenceEvent['state'], known: Known): Required<Caught> {
  const committed = known.committed ? ['the release was recorded before and stays'] : [];
  const where = known.evidence === undefined ? [] : [known.evidence];
  const said = (parts: string[]) => parts.join('; ');
  if (!unsettled) {
    return { Error: nameOf(failure), Cause: said([describeFailure(failure, known), ...committed, ...where]) };
  }
  const again = 'settling starts again within 5 minutes';
  if (!failure) {
    return {
      Error: nameOf(unsettled),
      Cause: said([describeFailure(unsettled, known), ...committed, again, ...where]),
    };
  }
  const too = `settling failed too, ${nameOf(unsettled)}: ${describeFailure(unsettled, known)}`;
  return { Error: nameOf(failure), Cause: said([failure.Cause ?? '', too, again, ...where]) };
}

function nameOf(caught: Caught | undefined): string {
  return caught?.Error ?? 'Unknown';
}

/** The names that Lambda and Step Functions give have a dot: the step could not say itself what it was. */
function describeFailure(caught: Caught = {}, { step }: Known): string {
  const sentence = sentenceOf(caught);
  if (!nameOf(caught).includes('.')) return sentence;
  return `a step ended without an answer${step ? `, at ${step} or after it` : ''}: ${sentence}`;
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
