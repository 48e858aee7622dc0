/** The emulator in a process of its own: it takes its orders from its parent, and ends with it. */
import type { ServiceAccountInfo } from 'credence';
import { startEmulator, type EmulatorSettings, type Fault } from 'credence/testing';

/** What the parent may order. */
export type Order =
  | { readonly order: 'configure'; readonly settings: EmulatorSettings }
  | { readonly order: 'outage'; readonly on: boolean }
  | { readonly order: 'fail'; readonly faults: readonly { readonly probability: number; readonly fault: Fault }[] }
  | { readonly order: 'requests' };

/** What the process says first. */
export interface Greeting {
  readonly info: { client_id: string; client_secret: string; refresh_token: string; token_uri: string };
  readonly key: ServiceAccountInfo;
}

const emulator = await startEmulator();
const { info } = await emulator.authorizedUser();
const { info: key } = await emulator.serviceAccount();

async function obey(order: Order): Promise<unknown> {
  switch (order.order) {
    case 'configure':
      emulator.configure(order.settings);
      return undefined;
    case 'outage':
      await emulator.outage(order.on);
      return undefined;
    case 'fail':
      emulator.faults.clear();
      for (const { probability, fault } of order.faults) emulator.faults.randomly('token', probability, fault);
      return undefined;
    case 'requests':
      return emulator.requests.token;
  }
}

process.on('message', (order: Order) => {
  void obey(order).then((result) => process.send?.({ result }));
});
process.on('disconnect', () => process.exit());
process.send?.({ info, key });
