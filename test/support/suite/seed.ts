/** Names the part of the long matrices that this run tries: the UTC date. `HOLDFAST_SEED` repeats another one. */
export const seed = process.env.HOLDFAST_SEED ?? new Date().toISOString().slice(0, 10);

/** Whether the long matrices run in full: `npm run test:full`. */
export const isFull = process.env.HOLDFAST_FULL === '1';

/** The variables that choose the same part again, as a command begins. */
export const repeating = isFull ? 'HOLDFAST_FULL=1' : `HOLDFAST_SEED=${seed}`;
