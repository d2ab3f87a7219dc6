/** The label of a fleet and of the target group behind it. */
export type Colour = 'blue' | 'green';

export const colours: readonly Colour[] = ['blue', 'green'];

/** The colour a candidate takes: the one that does not serve; blue when nothing serves. */
export function candidateColour(serving: Colour | undefined): Colour {
  return serving === 'blue' ? 'green' : 'blue';
}
