import * as z from 'zod';

// Zod compiles a function for each schema when it first reads with it. A run reads each once or twice: that never pays. The
// setting holds for schemas that are made after it, so the build puts this module before all others.
z.config({ jitless: true });
