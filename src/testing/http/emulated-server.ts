/** Starts the servers of an emulator, all of which count, fail and record in the same way. */
import { LoopbackServer } from './loopback-server.js';
import type { Handling } from './request-handling.js';
import { handleRequest } from './request-handling.js';

/** Starts a server on a free port that answers as `handling` says. */
export function startServer(handling: Handling): Promise<LoopbackServer> {
  return LoopbackServer.start({
    onRequest: (message, response) => {
      // It rejects where there is nobody left to answer.
      handleRequest(handling, message, response).catch(() => response.destroy());
    },
    onConnection: () => {
      handling.realm.requests.count('connections');
    },
  });
}
