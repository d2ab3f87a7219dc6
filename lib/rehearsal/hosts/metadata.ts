import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LaunchedInstance } from '../../local-aws/model/hosts.ts';
import { type DocumentContext, documentAt, documents } from './documents.ts';

export interface MetadataServer {
  /** `http://<address>:<port>` */
  endpoint: string;
  close(): void;
}

type Answer = [status: number, body: string | Buffer];

/** The metadata of one instance: version 2 only, so no answer without a session token. */
export class Metadata {
  readonly #tokens = new Set<string>();
  readonly #instance: LaunchedInstance;
  readonly #place: DocumentContext;

  constructor(instance: LaunchedInstance, place: DocumentContext) {
    this.#instance = instance;
    this.#place = place;
  }

  /**
   * `knowsVersion1`: below a date, such as `/2021-03-23/`, it answers without a token, as version 1 did. cloud-init
   * in a container asks there. `/latest/` needs a token all the same.
   */
  answer(request: IncomingMessage, knowsVersion1 = false): Answer {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [version, ...rest] = decodeURIComponent(pathname)
      .replace(/^\/|\/$/g, '')
      .split('/');
    const path = rest.join('/');
    if (knowsVersion1 && /^\d{4}-\d\d-\d\d$/.test(version ?? '')) return this.#read(path);
    if (version !== 'latest') return [404, 'Not Found'];
    if (path === 'api/token') return this.#newToken(request);
    const token = String(request.headers['x-aws-ec2-metadata-token']);
    return this.#tokens.has(token) ? this.#read(path) : [401, 'Unauthorized'];
  }

  #newToken(request: IncomingMessage): Answer {
    if (request.method !== 'PUT') return [405, 'Method Not Allowed'];
    if (!request.headers['x-aws-ec2-metadata-token-ttl-seconds']) return [400, 'Bad Request'];
    const token = randomUUID();
    this.#tokens.add(token);
    return [200, token];
  }

  #read(path: string): Answer {
    if (path === 'user-data') return [200, Buffer.from(this.#instance.userData, 'base64')];
    const document = documentAt(documents(this.#instance, this.#place), path);
    return document === undefined ? [404, 'Not Found'] : [200, document];
  }
}

/** Starts the metadata service of one instance, at its own address. */
export async function startMetadata(
  instance: LaunchedInstance,
  place: DocumentContext,
): Promise<MetadataServer> {
  const metadata = new Metadata(instance, place);
  return await listen((request) => metadata.answer(request), place.address, 0);
}

/** Starts the metadata service of many machines, each identified by its source address. Port 0 takes a free one. */
export async function startSharedMetadata(
  find: (address: string) => Metadata | undefined,
  address: string,
  port: number,
): Promise<MetadataServer> {
  const answer = (request: IncomingMessage): Answer =>
    find(request.socket.remoteAddress ?? '')?.answer(request, true) ?? [404, 'Not Found'];
  return await listen(answer, address, port);
}

async function listen(
  answer: (request: IncomingMessage) => Answer,
  address: string,
  port: number,
): Promise<MetadataServer> {
  const server = createServer((request, response) => {
    const [status, body] = answer(request);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  server.listen(port, address);
  await once(server, 'listening');
  return {
    endpoint: `http://${address}:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
