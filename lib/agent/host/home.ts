/** Root of this machine's files; `HOLDFAST_HOME` takes the place of `/` where an instance is a group of processes. */
export function homeFolder(): string {
  return process.env.HOLDFAST_HOME || '/';
}
