/** Attributes with which git writes other bytes than it keeps, or may: it alone knows which. */
const changing = /\s(eol=crlf|[-!]?(ident|filter|working-tree-encoding)(=\S*)?)(?=\s|$)/;

/** The first line of a `.gitattributes` that may change files on checkout. Line ends of Unix are as git keeps them. */
export function changesFiles(attributes: string): string | undefined {
  const lines = attributes.split('\n').map((line) => line.trim());
  return lines.find((line) => !line.startsWith('#') && changing.test(line));
}
