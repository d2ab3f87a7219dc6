import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running, Stage } from './stage.ts';

/** What happens at one of the programs that the agent starts; a program is killed by a system that ran out of memory, say. */
export type Blow = 'kill the agent' | 'kill the program';

const names = ['git', 'tar', 'flock', 'find', 'sh'];

/**
 * Stands in front of a program: counts the calls, deals the blow at the right one, and else becomes the program. A shell line
 * ends with its agent: a start that goes on behind it would race with the next one for the port.
 */
const standIn = `#!/bin/bash
here=\${0%/*} name=\${0##*/}
PATH=\${PATH#*:}
echo "$$ $name $1" >> "$here/calls"
number=$(grep -n "^$$ " "$here/calls" | tail -n 1 | cut -d : -f 1)
if [ "$number" = "$(cat "$here/at")" ] || [ "$name $1" = "$(cat "$here/at")" ]; then
  case $(cat "$here/blow") in
    'kill the agent') kill -9 "$(cat "$here/agent")"; [ "$name" != sh ] || exit ;;
    'kill the program') kill -9 $$ ;;
  esac
fi
exec "$name" "$@"
`;

/** The programs of the agent, on a path of their own. */
export class Programs {
  readonly #stage: Stage;
  readonly #folder: string;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#folder = join(stage.folder, 'programs');
    mkdirSync(this.#folder);
    for (const name of names) {
      writeFileSync(join(this.#folder, name), standIn);
      chmodSync(join(this.#folder, name), 0o755);
    }
  }

  /** Runs auto mode; the blow comes at the program of that number from 1, or of that name. `false`: there was none such. */
  async strike(at: number | string, blow: Blow): Promise<boolean> {
    rmSync(join(this.#folder, 'calls'), { force: true });
    for (const [name, text] of Object.entries({ at: `${at}`, blow }))
      writeFileSync(join(this.#folder, name), text);
    const running = this.#begin();
    await new Promise((resolve) => running.process.once('close', resolve));
    // The last line may be half of one.
    await running.ended.catch(() => undefined);
    const calls = this.calls();
    return typeof at === 'number' ? calls.length >= at : calls.includes(at);
  }

  /** What was called, in order: `git fetch`. */
  calls(): string[] {
    const file = join(this.#folder, 'calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.map((line) => line.split(' ').slice(1).join(' '));
  }

  #begin(): Running {
    const path = `${this.#folder}:${process.env.PATH}`;
    const through = ['/bin/sh', '-c', `echo $$ > ${this.#folder}/agent; exec "$@"`, 'sh'];
    const running = this.#stage.begin(
      ['deploy', '--auto', '--settings', this.#stage.settingsFile],
      { PATH: path },
      through,
    );
    running.ended.catch(() => undefined);
    return running;
  }
}
