/** Reads a file of an earlier version with the present code and holds what it finds; by path in the version's folder. */
export type Readers = Readonly<Record<string, (text: string, path: string) => void | Promise<void>>>;

/** The same reader for several files of a folder, with what each must hold. */
export function readersOf<T>(
  folder: string,
  expected: Readonly<Record<string, T>>,
  read: (text: string, expected: T, path: string) => void,
): Readers {
  return Object.fromEntries(
    Object.entries(expected).map(([name, what]) => [
      `${folder}/${name}`,
      (text: string, path: string) => read(text, what, path),
    ]),
  );
}
