/** The rules of docs/architecture.md that need no types, for every file of `src/`. */
import { casts } from './casts.mjs';
import { cycles } from './cycles.mjs';
import { doors } from './doors.mjs';
import { floors } from './floors.mjs';
import { moduleSentence } from './module-sentence.mjs';
import { quietLoad } from './quiet-load.mjs';

const rules = { casts, cycles, doors, floors, 'module-sentence': moduleSentence, 'quiet-load': quietLoad };

/** The rules as a plugin, all of them errors. */
export const architecture = {
  plugins: { credence: { rules } },
  rules: Object.fromEntries(Object.keys(rules).map((name) => [`credence/${name}`, 'error'])),
};
