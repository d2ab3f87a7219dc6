import type {
  ExpectedResponse,
  ResponseBody,
  ResponseServer,
} from '../local-aws/cloudformation/responses.ts';

/** Receives the answers of custom resources without a server: URLs are only names. */
export class SimulatedResponses implements ResponseServer {
  readonly #waiting = new Map<string, (body: ResponseBody) => void>();
  #count = 0;

  expect(): ExpectedResponse {
    this.#count += 1;
    const url = `simulated:response-${this.#count}`;
    const body = new Promise<ResponseBody>((resolve) => {
      this.#waiting.set(url, resolve);
    });
    return { url, body };
  }

  /** Called with a function's answer to a URL. */
  answer(url: string, body: ResponseBody): void {
    this.#waiting.get(url)?.(body);
    this.#waiting.delete(url);
  }

  async close(): Promise<void> {
    this.#waiting.clear();
  }
}
