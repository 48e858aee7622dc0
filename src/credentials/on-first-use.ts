/** Loads what kinds need once a token has to be minted or signed. */
import { FirstUse } from '../base/first-use.js';
import type * as Loaded from './first-use.js';

/** Shared by all kinds: each loader would cost whoever imports them a little. */
export const ON_FIRST_USE: FirstUse<typeof Loaded> = new FirstUse(() => import('./first-use.js'));
