import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Step } from '../../rollout/contract.ts';

/** The Lambda functions that a definition calls, by step. Give published versions: a running execution keeps its code. */
export type StepFunctions<Name extends Step = Step> = Readonly<Record<Name, IFunction>>;
