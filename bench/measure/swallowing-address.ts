/** An address that takes connections, and never answers: what a packet filter between a laptop and 169.254.169.254 makes of it. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** The address, while it is there. */
export interface SwallowingAddress extends Disposable {
  /** Host and port. */
  readonly host: string;
}

/** Opens it. */
export async function openSwallowingAddress(): Promise<SwallowingAddress> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => sockets.delete(socket))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
