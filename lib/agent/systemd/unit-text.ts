/** Texts of unit files by name. */
export type UnitFiles = Readonly<Record<string, string>>;

/** Escapes `%` in the text of a unit file. */
export function escapeSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

/** Quotes one argument of a command line in a unit file. It may hold anything but control characters. */
export function quoteArgument(text: string): string {
  return `"${escapeSpecifiers(text).replace(/["\\]/g, '\\$&').replaceAll('$', '$$$$')}"`;
}
