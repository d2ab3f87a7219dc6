import { HoldfastError } from '../../release/errors.ts';

/** Longest start command in the settings. Characters. */
const mostCharacters = 1024;

/**
 * A start command for an instance without a service manager: ends the previous release's server with its whole
 * process group, starts the new one detached, and returns. `command` gets HOST and PORT from the agent.
 */
export function startCommand(command: string): string {
  const line = [
    'd="$HOLDFAST_HOME/run"; mkdir -p "$d"',
    'if read -r p <"$d/pid"; then kill -TERM "-$p"; n=0',
    'while kill -0 "-$p" && [ $n -lt 70 ]; do [ $n -eq 50 ] && kill -KILL "-$p"; sleep 0.1; n=$((n+1)); done; fi 2>/dev/null',
    `setsid sh -c ${quoteForShell(command)} </dev/null >>"$d/log" 2>&1 & echo $! >"$d/pid"`,
  ].join('; ');
  return fitToShell(line, command);
}

/**
 * A start command for an instance with systemd: the server runs as a unit. It gets HOST, PORT and the agent's PATH,
 * which has a Node even where the image has none, and the release as its working folder.
 */
export function unitCommand(command: string): string {
  const line = [
    'systemctl stop service 2>/dev/null',
    [
      'exec systemd-run --quiet --collect --unit=service --property=Restart=always',
      '--working-directory="$PWD" --setenv=HOST="$HOST" --setenv=PORT="$PORT" --setenv=PATH="$PATH"',
      `/bin/sh -c ${quoteForShell(command)}`,
    ].join(' '),
  ].join('; ');
  return fitToShell(line, command);
}

function fitToShell(line: string, command: string): string {
  if (line.length <= mostCharacters) return line;
  throw new HoldfastError(
    'InvalidInput',
    `--run: found a command of ${command.length} characters, at most ${mostCharacters - line.length + command.length} fit; put it into a script of the repository`,
  );
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
