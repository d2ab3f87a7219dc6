import type { Template } from 'aws-cdk-lib/assertions';

export interface Statement {
  actions: string[];
  resources: unknown[];
  condition?: Record<string, Record<string, unknown>>;
}

interface Policy {
  Properties: {
    PolicyDocument: {
      Statement: {
        Effect: string;
        Action: string | string[];
        Resource: unknown;
        Condition?: Statement['condition'];
      }[];
    };
    Roles: { Ref: string }[];
  };
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What the role whose logical id begins with `prefix` may do. */
export function statementsOf(template: Template, prefix: string): Statement[] {
  const policies: Policy[] = Object.values(template.findResources('AWS::IAM::Policy')) as unknown as Policy[];
  return policies
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref.startsWith(prefix)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .map(({ Action, Resource, Condition }) => ({
      actions: list(Action),
      resources: list(Resource),
      ...(Condition && { condition: Condition }),
    }));
}

/** The statements that allow an action. */
export function allowing(statements: readonly Statement[], action: string): Statement[] {
  return statements.filter(({ actions }) => actions.includes(action));
}

/** All actions that statements allow, in order. */
export function actionsOf(statements: readonly Statement[]): string[] {
  return [...new Set(statements.flatMap(({ actions }) => actions))].toSorted();
}
