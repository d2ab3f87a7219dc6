import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { messageOf, nameOf } from '../release/errors.ts';

/** A resource that should exist. `old` holds the properties before an update. */
interface WantedResource {
  type: 'Create' | 'Update';
  properties: unknown;
  old?: unknown;
}

/** A resource that should be gone. Only the stack knows why. */
export interface DeletedResource {
  type: 'Delete';
  properties: unknown;
  /** Id of the stack. */
  stack: string;
  logicalId: string;
  /** The id that the resource returned. After a failed creation: an id that belongs to nothing. */
  id: string;
}

/** Request of CloudFormation to a custom resource. */
export type ResourceRequest = WantedResource | DeletedResource;

/** Result of a request: the id for life, and the attributes that a template may read. */
interface ResourceState {
  id: string;
  attributes?: Record<string, string>;
}

/** Carries out a request, or throws. A second run changes nothing. */
export type Resource = (request: ResourceRequest) => Promise<ResourceState>;

/** CloudFormation accepts answers of up to 4 KB. */
const longestReason = 2_000;

/** Lambda handler of a custom resource. The answer goes to the URL in the event. */
export function onCloudFormation(resource: Resource) {
  return async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    await answer(event, await outcome(resource, event));
  };
}

type Outcome = Pick<CloudFormationCustomResourceResponse, 'Status' | 'PhysicalResourceId' | 'Data'> & {
  Reason?: string;
};

async function outcome(resource: Resource, event: CloudFormationCustomResourceEvent): Promise<Outcome> {
  try {
    const { id, attributes = {} } = await resource(requestOf(event));
    return { Status: 'SUCCESS', PhysicalResourceId: id, Data: attributes };
  } catch (error) {
    const reason = `${nameOf(error, 'AwsFailed')}: ${messageOf(error)}`;
    return { Status: 'FAILED', PhysicalResourceId: idOf(event), Reason: reason.slice(0, longestReason) };
  }
}

/** Translates the event into a request. */
export function requestOf(event: CloudFormationCustomResourceEvent): ResourceRequest {
  const { ResourceProperties: properties } = event;
  if (event.RequestType === 'Create') return { type: 'Create', properties };
  if (event.RequestType === 'Update') return { type: 'Update', properties, old: event.OldResourceProperties };
  const { StackId: stack, LogicalResourceId: logicalId, PhysicalResourceId: id } = event;
  return { type: 'Delete', properties, stack, logicalId, id };
}

/** CloudFormation deletes a resource whose creation failed by the id of the failure answer. */
function idOf(event: CloudFormationCustomResourceEvent): string {
  return 'PhysicalResourceId' in event ? event.PhysicalResourceId : `failed-${event.LogicalResourceId}`;
}

async function answer(event: CloudFormationCustomResourceEvent, outcome: Outcome): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId });
  // Bytes, not text: the URL is signed for a request without a content type.
  const response = await fetch(event.ResponseURL, { method: 'PUT', body: Buffer.from(body) });
  if (!response.ok) throw new Error(`CloudFormation refused the answer: status ${response.status}`);
}
