import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../iam/session.ts';
import type { LaunchedInstance } from './hosts.ts';

export interface MetadataServer {
  /** `http://<address of the instance>:<port>`. */
  endpoint: string;
  close(): void;
}

const roleName = 'holdfast-instance';
const credentialMilliseconds = 6 * 3_600_000;

/** Where an instance runs, as its metadata says. */
export interface Place {
  address: string;
  region: string;
}

/** The instance metadata service of one instance, version 2 only: no answer without a session token. */
export async function startMetadata(instance: LaunchedInstance, place: Place): Promise<MetadataServer> {
  const tokens = new Set<string>();
  const server = createServer((request, response) => {
    const [status, body] = answer(request, tokens, instance, place);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  server.listen(0, place.address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${place.address}:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(
  request: IncomingMessage,
  tokens: Set<string>,
  instance: LaunchedInstance,
  place: Place,
): [number, string | Buffer] {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  if (path === '/latest/api/token') return newToken(request, tokens);
  if (!tokens.has(String(request.headers['x-aws-ec2-metadata-token']))) return [401, 'Unauthorized'];
  if (path === '/latest/user-data') return [200, Buffer.from(instance.userData, 'base64')];
  const value = documents(instance, place)[path.replace(/^\/latest\//, '').replace(/\/$/, '')];
  return value === undefined ? [404, 'Not Found'] : [200, value];
}

function newToken(request: IncomingMessage, tokens: Set<string>): [number, string] {
  if (request.method !== 'PUT') return [405, 'Method Not Allowed'];
  if (!request.headers['x-aws-ec2-metadata-token-ttl-seconds']) return [400, 'Bad Request'];
  const token = randomUUID();
  tokens.add(token);
  return [200, token];
}

function documents(instance: LaunchedInstance, { address, region }: Place): Record<string, string> {
  const tags = Object.entries(instance.tags).map(([key, value]) => [`meta-data/tags/instance/${key}`, value]);
  return {
    'meta-data/instance-id': instance.id,
    'meta-data/ami-id': instance.imageId,
    'meta-data/instance-type': instance.instanceType,
    'meta-data/local-ipv4': address,
    'meta-data/placement/region': region,
    'meta-data/placement/availability-zone': `${region}a`,
    'meta-data/tags/instance': Object.keys(instance.tags).join('\n'),
    ...Object.fromEntries(tags),
    ...(instance.credentials && credentials(instance.credentials)),
    'dynamic/instance-identity/document': JSON.stringify({
      instanceId: instance.id,
      imageId: instance.imageId,
      instanceType: instance.instanceType,
      privateIp: address,
      region,
      availabilityZone: `${region}a`,
    }),
  };
}

/** Documents of the role and its session; there are none without an instance profile. */
function credentials({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  const folder = 'meta-data/iam/security-credentials';
  const document = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    LastUpdated: new Date().toISOString(),
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(Date.now() + credentialMilliseconds).toISOString(),
  };
  return { [folder]: roleName, [`${folder}/${roleName}`]: JSON.stringify(document) };
}
