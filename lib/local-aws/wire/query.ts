import { response, type WireResponse } from './message.ts';
import type { Codec } from './protocol.ts';
import { decodeForm, type Flavour, formValue } from './query-decode.ts';
import { errorXml, membersXml, prolog } from './xml.ts';

/** AWS Query: the input as a form with `Action`, the output as XML. */
export const query: Codec = {
  ...form('query'),
  encode: (output, { name, output: schema }, { namespace }, requestId) =>
    xml(
      200,
      `<${name}Response xmlns="${namespace}"><${name}Result>${membersXml(schema, output)}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    ),
  error: (error, _request, requestId) =>
    xml(
      error.status,
      `<ErrorResponse><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>${errorXml(error)}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    ),
};

/** EC2's kind of AWS Query. */
export const ec2Query: Codec = {
  ...form('ec2'),
  encode: (output, { name, output: schema }, { namespace }, requestId) =>
    xml(
      200,
      `<${name}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${membersXml(schema, output)}</${name}Response>`,
    ),
  error: (error, _request, requestId) =>
    xml(
      error.status,
      `<Response><Errors><Error>${errorXml(error)}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    ),
};

function form(flavour: Flavour): Pick<Codec, 'operation' | 'decode'> {
  return {
    operation: ({ body }) => formValue(Buffer.from(body).toString(), 'Action'),
    decode: ({ body }, { input }) => decodeForm(Buffer.from(body).toString(), input, flavour),
  };
}

function xml(status: number, text: string): WireResponse {
  return response(status, { 'content-type': 'text/xml' }, prolog + text);
}
