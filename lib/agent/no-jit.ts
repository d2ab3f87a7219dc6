import * as z from 'zod';

// Zod compiles a function for each schema when it first reads with it. A run reads each once or twice: that never pays. The
// setting holds for schemas that are made after it, so this module is imported before all others.
z.config({ jitless: true });
