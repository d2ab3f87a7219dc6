import type { Rules } from '../aws/rules.ts';
import type { RoutedService, Routing } from './routing.ts';

/** Removes the rules of a service from both listeners. Returns whether there were any. */
export async function removeRules(
  rules: Rules,
  { environment, service }: RoutedService,
  { listener, testListener }: Routing,
): Promise<boolean> {
  const both = [listener, testListener].map((each) => rules.find(each, environment, service));
  const found = (await Promise.all(both)).flat();
  for (const { arn } of found) await rules.delete(arn);
  return found.length > 0;
}
