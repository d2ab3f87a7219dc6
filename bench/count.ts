/** A number of rounds, as the command line gives it. */
export function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new RangeError(`--pairs ${text}: expected a whole number from 1`);
}
