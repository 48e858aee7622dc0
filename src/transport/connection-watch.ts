/** Watches a request on its way to a connection: from then on it may have reached the server. */
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** What is told of the connection. */
export interface ConnectionListener {
  /** It stands, TLS included: the request is being sent. */
  connected(): void;
  /** A proxy refused it with this status. */
  refused(status: number): void;
}

/** Tells the listener when the request gets its connection, a kept one or a new one. */
export function watchConnection(request: ClientRequest, secure: boolean, listener: ConnectionListener): void {
  request.once('socket', (socket: Socket) => {
    if (request.reusedSocket || !isUnderWay(socket, secure)) listener.connected();
    else
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        listener.connected();
      });
  });
  // https-proxy-agent would otherwise have the proxy's refusal read as if the server had answered.
  request.once('proxyConnect', (answer: { readonly statusCode: number }) => {
    if (answer.statusCode !== 200) listener.refused(answer.statusCode);
  });
}

/** An agent of the user's may hand over a socket that is connected already. */
function isUnderWay(socket: Socket, secure: boolean): boolean {
  return socket.connecting || (secure && Reflect.get(socket, 'secureConnecting') === true);
}
