/** The tokens that were signed here, by the wall clock of then: where that was ahead, nobody believes them yet. */
import { TokenSet } from './token-set.js';

/** What a refresh yields that asked nobody. */
export class SelfSignedTokenSet extends TokenSet {}
