import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RolloutStep, SettleStep, Step } from '../../../rollout/contract.ts';

/** Lambda functions by step. Pass published versions: a running execution keeps its code. */
export type FunctionsOf<Name extends Step> = Readonly<Record<Name, IFunction>>;

export type RolloutFunctions = FunctionsOf<RolloutStep | SettleStep | 'evidence'>;
export type SettleFunctions = FunctionsOf<SettleStep | 'take-over' | 'evidence'>;
