import type { Caught, EvidenceEvent } from '../contract.ts';

/** Step Functions accepts causes of up to 32 KB; a sentence is far shorter. */
const longest = 2000;

/** The sentence in a Cause. Lambda wraps the thrown message in JSON. */
export function sentenceOf({ Cause: cause = '' }: Caught): string {
  return (messageIn(cause) ?? cause).trim().slice(0, longest) || 'no cause was given';
}

/** Facts about an execution that failed. */
export interface Known {
  /** The last step that updated the journal. */
  step?: string | undefined;
  /** Whether the release was already recorded. */
  committed: boolean;
  /** Address of the evidence, or why there is none; left out: this execution had nothing to save. */
  evidence?: string | undefined;
}

/**
 * Error and cause for the Fail state: the first failure gives the name, and the cause is one sentence about all of
 * them.
 */
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

/** Names with a dot come from Lambda and Step Functions: the step itself could not say what happened. */
function describeFailure(caught: Caught = {}, { step }: Known): string {
  const sentence = sentenceOf(caught);
  if (!nameOf(caught).includes('.')) return sentence;
  return `a step ended without an answer${step ? `, at ${step} or after it` : ''}: ${sentence}`;
}

/** The last bytes of a console. */
export function lastBytes(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  return buffer.length <= bytes ? text : buffer.subarray(buffer.length - bytes).toString();
}

/** Instances of a deployment whose evidence is saved: failed ones first, at most `most`. */
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
