/** Texts of unit files by name. */
export type UnitFiles = Readonly<Record<string, string>>;

/** Text of a unit file in which `%` stands for itself. */
export function escapeSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

/** One argument of a command line in a unit file, whatever it holds but control characters. */
export function quoteArgument(text: string): string {
  return `"${escapeSpecifiers(text).replace(/["\\]/g, '\\$&').replaceAll('$', '$$$$')}"`;
}
