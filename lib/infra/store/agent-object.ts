import { CustomResource } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { storeKeys } from '../../config/resource-names.ts';
import type { Assets } from '../assets.ts';
import { HoldfastLambda } from '../lambda.ts';
import { bucketArn, bucketName } from '../stack-names.ts';

export interface AgentObjectProps {
  environment: string;
  key: IKey;
  assets: Assets;
}

/** The agent under its digest in the store bucket. Earlier agents stay, because fleets name them. */
export class AgentObject extends Construct {
  constructor(scope: Construct, id: string, { environment, key, assets }: AgentObjectProps) {
    super(scope, id);
    const put = new HoldfastLambda(this, 'put', {
      environment,
      name: 'agent-object',
      assets,
      description: 'Puts the agent under its digest into the store bucket',
      variables: { HOLDFAST_ENVIRONMENT: environment, HOLDFAST_BUCKET: bucketName(this, environment) },
      grants: [
        {
          actions: ['s3:PutObject'],
          resources: [bucketArn(this, environment, 'agent/*')],
          because: 'the digest of the next agent is not known yet',
        },
        { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [key.keyArn] },
      ],
    });
    new CustomResource(this, 'resource', {
      resourceType: 'Custom::HoldfastAgent',
      serviceToken: put.function.functionArn,
      properties: { Key: storeKeys.agent(assets.agentSha256) },
    });
  }
}
