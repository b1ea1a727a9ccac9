import { createEmulator } from '@poligon/emulator-kit';
import fc from 'fast-check';
import { connect } from 'node:net';
import { smsGatewayStub } from '../../../services/sms-gateway-stub/src/app.module.js';
import { FrameReader } from '../../../services/sms-gateway-stub/src/protocol/smpp/frame-reader.js';
import { decodePdu } from '../../../services/sms-gateway-stub/src/protocol/smpp/pdu-decode.codec.js';
import { encodePdu } from '../../../services/sms-gateway-stub/src/protocol/smpp/pdu-encode.codec.js';
import { SmppServer } from '../../../services/sms-gateway-stub/src/protocol/smpp/smpp-server.js';
import type { FuzzSession, FuzzTarget } from '../fuzz-target.js';
import { httpCase, runHttpCase } from './http-cases.js';
import { runSmppCase, smppCase } from './smpp-cases.js';

/** Of ten cases so many are SMPP. */
const SMPP_SHARE = 6;
const PROBE_TIMEOUT_MS = 10_000;

/** Small limits, so that what is kept reaches its bound early and growth beyond it shows. */
const ENVIRONMENT = {
  LOG_LEVEL: 'error',
  SMS_PORT: '0',
  SMS_ADMIN_PORT: '0',
  SMS_SMPP_PORT: '0',
  SMS_SMPP_MAX_BINDS: '100000',
  SMS_LATENCY_PROFILE: 'none',
  SMS_HANDSET_DELAY: '{"ms":0}',
  SMS_RECEIPT_DELAY_MS: '1',
  SMS_MAX_MESSAGES: '2000',
  SMS_SMPP_QUEUE: '2000',
  SMS_JOURNAL_ENTRIES: '500',
  SMS_BAD_LOGINS: '0',
  SMS_DUPLICATE_WINDOW_MS: '1000',
  SMS_REASSEMBLY_MS: '200',
  SMS_CALLBACK_TIMEOUT_MS: '100',
  SMS_CALLBACK_RETRY_DELAYS_MS: '[]',
};

/** Every door of the SMS gateway. */
export const smsTarget: FuzzTarget = {
  name: 'sms',
  about: 'SMPP sessions and every HTTP dialect of the SMS gateway',
  async open(seed: number): Promise<FuzzSession> {
    const emulator = await createEmulator(smsGatewayStub, { environment: { ...ENVIRONMENT, SEED: String(seed) } });
    const fastify = emulator.app.getHttpAdapter().getInstance();
    const server = emulator.app.get(SmppServer, { strict: false });
    return {
      run: async (cases, chunkSeed) => {
        const smpp = Math.ceil((cases * SMPP_SHARE) / 10);
        return [
          ...(await judged(
            'smpp',
            fc.asyncProperty(smppCase, (one) => runSmppCase(server, one)),
            smpp,
            chunkSeed,
          )),
          ...(await judged(
            'http',
            fc.asyncProperty(httpCase, (one) => runHttpCase(fastify, one)),
            cases - smpp,
            chunkSeed,
          )),
        ];
      },
      probe: () => probe(server.ports[0]!),
      close: () => emulator.close(),
    };
  },
};

async function judged<T>(
  kind: string,
  property: fc.IAsyncProperty<T>,
  numRuns: number,
  seed: number,
): Promise<string[]> {
  if (numRuns === 0) return [];
  const details = await fc.check(property, { numRuns, seed, endOnFailure: false });
  if (!details.failed) return [];
  const reason = details.errorInstance instanceof Error ? details.errorInstance.stack : String(details.errorInstance);
  return [
    `${kind}, seed ${seed}, path ${details.counterexamplePath}: ${reason}\n${fc.stringify(details.counterexample)}`,
  ];
}

/** An honest ESME binds and submits over the network. */
function probe(port: number): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const reader = new FrameReader(65_536);
    const finish = (failures: string[]) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failures);
    };
    const timer = setTimeout(() => finish(['probe: no answer']), PROBE_TIMEOUT_MS);
    const fields = { system_id: 'poligon', password: 'poligon' };
    const message = { destination_addr: '79430000002', short_message: Buffer.from('Code: 1234') };
    socket.on('error', (failure) => finish([`probe: ${failure.message}`]));
    socket.on('data', (chunk: Buffer) =>
      reader.read(chunk, (frame) => {
        const { command, status } = decodePdu(frame);
        if (command === 'bind_transmitter_resp')
          socket.write(encodePdu({ command: 'submit_sm', sequence: 2, fields: message }));
        if (command === 'submit_sm_resp') finish(status === 0 ? [] : [`probe: submit_sm_resp ${status}`]);
        return true;
      }),
    );
    socket.write(encodePdu({ command: 'bind_transmitter', sequence: 1, fields }));
  });
}
