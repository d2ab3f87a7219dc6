/** Attributes with which git may write other bytes than it stores; only git knows which. */
const changing = /\s(eol=crlf|[-!]?(ident|filter|working-tree-encoding)(=\S*)?)(?=\s|$)/;

/** The first line of a `.gitattributes` that may change files on checkout. Unix line ends are stored as they are. */
export function changesFiles(attributes: string): string | undefined {
  const lines = attributes.split('\n').map((line) => line.trim());
  return lines.find((line) => !line.startsWith('#') && changing.test(line));
}
