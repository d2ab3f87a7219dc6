import type { NormalizedSchema } from '@smithy/core/schema';

export function isScalar(schema: NormalizedSchema): boolean {
  return !schema.isListSchema() && !schema.isMapSchema() && !schema.isStructSchema();
}

/** A parameter, header or label as a value. */
export function fromText(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return text.toLowerCase() === 'true';
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isTimestampSchema()) return new Date(text);
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  return text;
}

/** A value as a header. */
export function toText(value: unknown): string {
  return value instanceof Date ? value.toUTCString() : String(value);
}
