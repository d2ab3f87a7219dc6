import { XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { AwsError } from '../model/error.ts';

/** Timestamps are ISO 8601 unless a schema says otherwise. */
const iso = 5;

export const xmlCodec = new XmlCodec({
  timestampFormat: { useTrait: true, default: iso },
  httpBindings: true,
  xmlNamespace: '',
  serviceNamespace: '',
});

export const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The members of an output as XML, without an element around them. */
export function membersXml(schema: NormalizedSchema, output: object): string {
  if (schema.isUnitSchema()) return '';
  return xmlDocument(schema, output)
    .replace(/^<[^>]*?(\/?)>/, '')
    .replace(/<\/[^<]*>$/, '');
}

/** An output as one XML element, named by its schema. */
export function xmlDocument(schema: NormalizedSchema, output: object): string {
  const serializer = xmlCodec.createSerializer();
  serializer.write(schema, output);
  return String(serializer.flush());
}

export function errorXml(error: AwsError): string {
  return `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
