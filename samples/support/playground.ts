/** Where a sample runs: on an emulator of its own, or on the API_URL and GOOGLE_APPLICATION_CREDENTIALS of the environment. */
import { startEmulator, type EmulatorSettings } from 'credence/testing';

/** An authorized-user file, and an API that takes its tokens. */
export interface Playground extends AsyncDisposable {
  readonly file: string;
  readonly apiUrl: string;
}

/** Opens the playground; `await using` closes it. */
export async function openPlayground(settings: EmulatorSettings = {}): Promise<Playground> {
  const { API_URL: apiUrl, GOOGLE_APPLICATION_CREDENTIALS: file } = process.env;
  if (apiUrl !== undefined && file !== undefined) {
    return { file, apiUrl, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  if (file !== undefined)
    console.error('This runs on an emulator: with GOOGLE_APPLICATION_CREDENTIALS, API_URL must name the API to call.');
  const emulator = await startEmulator(settings);
  const user = await emulator.authorizedUser();
  return { file: user.path, apiUrl: emulator.apiUrl, [Symbol.asyncDispose]: () => emulator.close() };
}
