import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { onCloudFormation, type Resource, type ResourceRequest } from '../../lib/custom-resource/protocol.ts';
import { HoldfastError } from '../../lib/release/errors.ts';

interface Answer {
  method?: string | undefined;
  type?: string | undefined;
  body: Record<string, unknown>;
}

const answers: Answer[] = [];
let server: Server;
let status = 200;

beforeAll((done) => {
  server = createServer(async (request, response) => {
    answers.push({
      method: request.method,
      type: request.headers['content-type'],
      body: JSON.parse(await text(request)),
    });
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1', done);
});
afterAll((done) => {
  server.close(done);
  server.closeAllConnections();
});
beforeEach(() => {
  answers.length = 0;
  status = 200;
});

const common = {
  StackId: 'arn:stack',
  RequestId: 'request-1',
  LogicalResourceId: 'rules',
  ResourceType: 'Custom::HoldfastListenerRules',
  ServiceToken: 'arn:function',
};

function event(more: object): CloudFormationCustomResourceEvent {
  const { port } = server.address() as AddressInfo;
  return {
    ...common,
    ResponseURL: `http://127.0.0.1:${port}/answer?signature=x`,
    RequestType: 'Create',
    ResourceProperties: { ServiceToken: 'arn:function', Service: 'web' },
    ...more,
  } as CloudFormationCustomResourceEvent;
}

const respond = async (resource: Resource, more: object = {}) => {
  await onCloudFormation(resource)(event(more));
  return answers[0] as Answer;
};

describe('a custom resource', () => {
  test('answers what it is now, for this request', async () => {
    const { method, body } = await respond(async () => ({ id: 'me', attributes: { RuleArn: 'arn:rule' } }));
    expect(method).toBe('PUT');
    expect(body).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'me',
      Data: { RuleArn: 'arn:rule' },
      StackId: 'arn:stack',
      RequestId: 'request-1',
      LogicalResourceId: 'rules',
    });
  });

  test('answers without a content type, for which the address is not signed', async () => {
    expect((await respond(async () => ({ id: 'me' }))).type).toBeUndefined();
  });

  test('is told the properties before an update', async () => {
    const seen: ResourceRequest[] = [];
    await respond(
      async (request) => {
        seen.push(request);
        return { id: 'me' };
      },
      { RequestType: 'Update', PhysicalResourceId: 'me', OldResourceProperties: { Service: 'old' } },
    );
    expect(seen).toEqual([
      {
        type: 'Update',
        properties: { ServiceToken: 'arn:function', Service: 'web' },
        old: { Service: 'old' },
      },
    ]);
  });

  test('is told of which stack and under which ids it is deleted', async () => {
    const seen: ResourceRequest[] = [];
    await respond(
      async (request) => {
        seen.push(request);
        return { id: 'me' };
      },
      { RequestType: 'Delete', PhysicalResourceId: 'me' },
    );
    expect(seen).toEqual([
      {
        type: 'Delete',
        properties: { ServiceToken: 'arn:function', Service: 'web' },
        stack: 'arn:stack',
        logicalId: 'rules',
        id: 'me',
      },
    ]);
  });

  test('says by name why it failed, and keeps its id', async () => {
    const fail = async () => {
      throw new HoldfastError('DeploymentInProgress', 'service web: found a deployment');
    };
    const { body } = await respond(fail, { RequestType: 'Delete', PhysicalResourceId: 'me' });
    expect(body).toMatchObject({
      Status: 'FAILED',
      Reason: 'DeploymentInProgress: service web: found a deployment',
      PhysicalResourceId: 'me',
    });
  });

  test('has an id even when its creation failed: CloudFormation deletes it by that', async () => {
    const { body } = await respond(async () => {
      throw new Error('no');
    });
    expect(body).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'failed-rules',
      Reason: 'AwsFailed: no',
    });
  });

  test('cuts a reason that is too long for CloudFormation', async () => {
    const { body } = await respond(async () => {
      throw new Error('x'.repeat(10_000));
    });
    expect(String(body.Reason)).toHaveLength(2_000);
  });

  test('fails when CloudFormation does not take the answer: Lambda tries again', async () => {
    status = 403;
    await expect(respond(async () => ({ id: 'me' }))).rejects.toThrow(
      'CloudFormation refused the answer: status 403',
    );
  });
});
