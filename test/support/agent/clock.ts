import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as ask, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

/** AWS refuses a signature that is older or newer than this. */
const mostSkew = 5 * 60 * 1000;

/** An endpoint before another that looks at the time of each signature, as AWS does. */
export interface Gate {
  url: string;
  /** Services whose requests were refused for their time. */
  refused: ('ssm' | 's3')[];
  close(): Promise<void>;
}

export async function startGate(endpoint: string): Promise<Gate> {
  const server = createServer((request, response) => {
    const [, ...parts] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(`${request.headers['x-amz-date']}`) ?? [];
    const [year = 0, month = 1, ...rest] = parts.map(Number);
    const signed = Date.UTC(year, month - 1, ...rest);
    if (Math.abs(signed - Date.now()) > mostSkew) {
      request.resume();
      const service = request.headers['x-amz-target'] ? 'ssm' : 's3';
      gate.refused.push(service);
      refuse(service, response);
      return;
    }
    const { method, headers, url } = request;
    const onward = ask(`${endpoint}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gate;
}

/** The time of the server stands in the header `date`. */
function refuse(service: 'ssm' | 's3', response: ServerResponse): void {
  const json = { __type: 'InvalidSignatureException', message: 'Signature not yet current or expired' };
  const xml =
    '<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large.</Message></Error>';
  if (service === 'ssm')
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(json));
  else response.writeHead(403, { 'content-type': 'application/xml' }).end(xml);
}

/** Environment in which a process of Node has a clock that is wrong by so many milliseconds. */
export function wrongClock(stage: Stage, shift: number): NodeJS.ProcessEnv {
  const file = join(stage.folder, 'clock.cjs');
  writeFileSync(
    file,
    `const Real = Date;
globalThis.Date = class Date extends Real {
  constructor(...given) { super(...(given.length > 0 ? given : [Real.now() + ${shift}])); }
  static now() { return Real.now() + ${shift}; }
};
`,
  );
  return { NODE_OPTIONS: `--require=${file}` };
}
