import * as z from 'zod';

/** Why git would refuse a branch name (git-check-ref-format), or undefined. */
export function branchProblem(name: string): string | undefined {
  if (name.length === 0 || name.length > 200) return 'a branch of 1 to 200 characters';
  if (!name.isWellFormed()) return 'a branch of whole characters';
  if (name.startsWith('-')) return 'a branch that does not start with "-"';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name))
    return 'a branch without space, control character and any of ~ ^ : ? * [ \\';
  if (name.includes('..') || name.includes('@{') || name.includes('//'))
    return 'a branch without "..", "@{" and "//"';
  if (name === '@' || name.startsWith('/') || name.endsWith('/') || name.endsWith('.'))
    return 'a branch that does not start or end with "/" or end with "."';
  if (name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock')))
    return 'a branch of which no part starts with "." or ends with ".lock"';
  return undefined;
}

/** A branch name that is safe to hand to git. */
export const branchSchema = z
  .string()
  .superRefine((name, context) => {
    const problem = branchProblem(name);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: name });
  })
  .meta({ description: 'Branch, without refs/heads/.' });

/** A full commit hash: 40 lower-case hex digits. */
export const commitSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'a full commit hash of 40 lower-case hex digits')
  .meta({ description: 'Full commit hash, 40 hex digits.' });

/** SHA-256 in lower-case hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 lower-case hex digits');

/** Name of a service, repository, environment or role. It becomes part of paths, keys and resource names. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,27}$/,
    'a name of 1 to 28 lower-case letters, digits and "-", starting with a letter',
  )
  .refine((name) => !(name in {}), { message: 'a name that is not reserved in JavaScript' });

/** Key of an object in the store bucket. */
export const keySchema = z
  .string()
  .min(1)
  .max(512)
  .regex(
    /^[A-Za-z0-9!_.*'()/+=@,-]+$/,
    "a key of letters, digits and the characters ! _ . * ' ( ) / + = @ , -",
  )
  .refine((key) => !key.startsWith('/') && !key.split('/').some((part) => part === '..' || part === '.'), {
    message: 'a key without a leading "/" and without "." or ".." as a part',
  });
