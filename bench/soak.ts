/**
 * `npm run soak`: real callers at full speed for a minute (`-- --seconds N`), against short tokens, random failures and two outages: of
 * credentials alone, whose refresh token rotates, and of a token server. Its exit code is 1 where something happened that must never happen.
 */
import { parseArgs } from 'node:util';
import { startAlone, startServed } from './soak/parties.js';
import { soak } from './soak/party.js';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (!(seconds >= 3)) throw new TypeError('"--seconds" must be a number of at least 3');

const wholeMs = seconds * 1000;
let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));

const parties = await Promise.all([startAlone(wholeMs), startServed()]);
const worst = (await Promise.all(parties.map((party) => soak(party, wholeMs)))).flat();
if (unhandled > 0) worst.push(`${unhandled} unhandled rejections`);
console.log(worst.length === 0 ? 'soak: passed' : `soak: FAILED: ${worst.join('; ')}`);
process.exitCode = worst.length === 0 ? 0 : 1;
