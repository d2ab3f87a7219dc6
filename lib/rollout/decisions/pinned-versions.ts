/** Description of a launch template version that a fleet pins for its life. */
export function pinDescription(deployment: string): string {
  return `pinned by ${deployment}`;
}

/** Pinned versions that no fleet uses any more. */
export function unusedPins(
  versions: readonly { version: number; description: string }[],
  used: readonly (number | undefined)[],
): number[] {
  return versions
    .filter(({ version, description }) => description.startsWith('pinned by ') && !used.includes(version))
    .map(({ version }) => version);
}
