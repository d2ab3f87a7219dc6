import type { Clock } from '../../clock.ts';
import type { AwsAccount } from '../arns.ts';
import type { Ids } from '../ids.ts';

/** An event as an EventBridge rule's target gets it. */
export interface CloudEvent {
  id: string;
  source: string;
  'detail-type': string;
  account: string;
  region: string;
  /** ISO 8601 */
  time: string;
  resources: string[];
  detail: Record<string, unknown>;
}

export type EventListener = (event: CloudEvent) => void;

/** Delay between an event and its delivery. */
const deliveryMilliseconds = 200;

/** EventBridge: events for subscribers, best effort, and schedules by the clock. */
export class Events {
  /** Decides which events are lost. Default: none. */
  lose: ((event: CloudEvent) => boolean) | undefined;
  readonly #listeners = new Set<EventListener>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #ids: Ids;

  constructor(clock: Clock, place: AwsAccount, ids: Ids) {
    this.#clock = clock;
    this.#place = place;
    this.#ids = ids;
  }

  /** Subscribes to every event; the returned function unsubscribes. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `then` every `milliseconds`, first after one interval; the returned function stops it. */
  every(milliseconds: number, then: () => void): () => void {
    let cancel = this.#clock.after(milliseconds, turn);
    const clock = this.#clock;
    function turn(): void {
      cancel = clock.after(milliseconds, turn);
      then();
    }
    return () => cancel();
  }

  publish(source: string, detailType: string, resources: string[], detail: Record<string, unknown>): void {
    const event: CloudEvent = {
      id: this.#ids.uuid(),
      source,
      'detail-type': detailType,
      account: this.#place.account,
      region: this.#place.region,
      time: new Date(this.#clock.now()).toISOString(),
      resources,
      detail,
    };
    if (this.lose?.(event)) return;
    this.#clock.after(deliveryMilliseconds, () => {
      for (const listener of this.#listeners) listener(event);
    });
  }
}
