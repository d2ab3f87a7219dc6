import { AwsError } from '../error.ts';
import type { ObjectVersion } from './object.ts';

interface Conditions {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
}

/** Conditional write of PutObject. */
export function checkWrite(current: ObjectVersion | undefined, conditions: Conditions): void {
  const { IfMatch, IfNoneMatch } = conditions;
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw notImplemented('If-None-Match with an ETag');
  if (IfMatch !== undefined && IfNoneMatch !== undefined) throw notImplemented('If-Match with If-None-Match');
  if (IfNoneMatch === '*' && current) throw preconditionFailed('If-None-Match');
  checkMatch(current, IfMatch);
}

/** Compare-and-set of DeleteObject, and of PutObject with If-Match. */
export function checkMatch(current: ObjectVersion | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  if (!current) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (ifMatch !== '*' && withoutQuotes(ifMatch) !== withoutQuotes(current.etag))
    throw preconditionFailed('If-Match');
}

/** Conditions of GetObject and HeadObject. */
export function checkRead(version: ObjectVersion, { IfMatch, IfNoneMatch }: Conditions): void {
  if (IfMatch !== undefined && withoutQuotes(IfMatch) !== withoutQuotes(version.etag))
    throw preconditionFailed('If-Match');
  if (IfNoneMatch !== undefined && [withoutQuotes(version.etag), '*'].includes(withoutQuotes(IfNoneMatch)))
    throw new AwsError('NotModified', 'Not Modified', 304);
}

function withoutQuotes(etag: string): string {
  return etag.replace(/^"|"$/g, '');
}

function preconditionFailed(header: string): AwsError {
  return new AwsError(
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold (${header})`,
    412,
  );
}

function notImplemented(what: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `A header you provided implies functionality that is not implemented: ${what}`,
    501,
  );
}
