import { random } from './random.ts';

export const vocabularySize = 4096;

/** Words of 3 to 10 letters that file names and texts are made of. */
export const vocabulary: readonly string[] = makeVocabulary();

function makeVocabulary(): string[] {
  const source = random(42);
  const letter = () => String.fromCharCode(97 + source.below(26));
  return Array.from({ length: vocabularySize }, () =>
    Array.from({ length: 3 + source.below(8) }, letter).join(''),
  );
}
