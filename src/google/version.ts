/** The version of this library, as it names itself to Google. A test holds it to package.json. */

/** The version. */
export const VERSION = '0.1.0';
