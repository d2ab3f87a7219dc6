const marker = 'Failed to run module scripts-user';
/** `[ 1315.551723] cloud-init[109]: ` */
const prefix = /^\[\s*[\d.]+\] cloud-init\[\d+\]: /;

/** The last words of failed user-data on a machine's console; undefined when it did not fail. */
export function failureIn(console: string): string | undefined {
  const lines = console.split(/\r?\n/);
  const end = lines.findIndex((line) => line.includes(marker));
  if (end < 0) return undefined;
  return (
    lines
      .slice(0, end)
      .findLast((line) => prefix.test(line))
      ?.replace(prefix, '') ?? ''
  );
}
