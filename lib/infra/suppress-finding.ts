import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Suppresses the findings of one cdk-nag rule below a construct. The reason goes into the report. */
export function suppressFinding(scope: Construct, id: string, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason });
}
