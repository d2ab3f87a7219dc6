/**
 * Attributes with which git may write other bytes than it stores; only git knows which. Blanks are git's: space, tab and
 * carriage return. A quoted pattern needs none behind it, and a NUL ends a line.
 */
const changing = /[ \t\r"][-!]?(eol=crlf|(ident|filter|working-tree-encoding)(=[^ \t\r\0]*)?)(?=[ \t\r\0]|$)/;
const comment = /^[ \t\r]*#/;

/** The first line of a `.gitattributes` that may change files on checkout. Unix line ends are stored as they are. */
export function changesFiles(attributes: string): string | undefined {
  const lines = attributes.split('\n');
  return lines.find((line) => !comment.test(line) && changing.test(line))?.trim();
}
