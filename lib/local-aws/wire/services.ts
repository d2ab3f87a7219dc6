import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as states from '@aws-sdk/client-sfn';
import * as ssm from '@aws-sdk/client-ssm';
import type { ServiceName } from '../model/operations.ts';
import { json } from './json.ts';
import type { WireService } from './protocol.ts';
import { ec2Query, query } from './query.ts';
import { rest } from './rest-xml.ts';

/** Each service's protocol and the SDK's own description of its operations. */
export const wireServices: Record<ServiceName, WireService> = {
  ssm: { schemas: ssm, codec: json, namespace: '' },
  secretsmanager: { schemas: secrets, codec: json, namespace: '' },
  states: { schemas: states, codec: json, namespace: '' },
  monitoring: { schemas: cloudWatch, codec: json, namespace: '' },
  logs: { schemas: logs, codec: json, namespace: '' },
  cloudformation: {
    schemas: cloudFormation,
    codec: query,
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  },
  s3: { schemas: s3, codec: rest, namespace: 'http://s3.amazonaws.com/doc/2006-03-01/' },
  autoscaling: {
    schemas: autoScaling,
    codec: query,
    namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  },
  elasticloadbalancing: {
    schemas: elb,
    codec: query,
    namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  },
  ec2: { schemas: ec2, codec: ec2Query, namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' },
};
