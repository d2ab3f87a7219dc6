import type { Rules } from '../aws/rules.ts';
import type { RoutedService, Routing } from './routing.ts';

/** Removes the rules of a service from both listeners. */
export async function removeRules(
  rules: Rules,
  { environment, service }: RoutedService,
  { listener, testListener }: Routing,
): Promise<void> {
  for (const each of [listener, testListener])
    for (const { arn } of await rules.find(each, environment, service)) await rules.delete(arn);
}
