import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePdu, type PduDraft } from '../src/protocol/smpp/pdu-encode.codec.js';
import { decodePdu } from '../src/protocol/smpp/pdu-decode.codec.js';
import { FrameReader } from '../src/protocol/smpp/frame-reader.js';
import type { Pdu } from '../src/protocol/smpp/pdu.js';
import { bind, call } from './smpp-client.js';
import { phone, startSms, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms({ SMS_SMPP_ENQUIRE_MS: '60', SMS_SMPP_INACTIVITY_MS: '400', SMS_SMPP_RESPONSE_MS: '200' });
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());

/** A connection that speaks bytes. */
class RawEsme {
  readonly socket: Socket;
  private readonly pdus: Pdu[] = [];
  private wake: () => void = () => undefined;
  isClosed = false;

  constructor(socket = connect(sms.smppPort, '127.0.0.1')) {
    this.socket = socket;
    const reader = new FrameReader(65_536);
    socket.on('data', (chunk: Buffer) => {
      reader.read(chunk, (frame) => this.pdus.push(decodePdu(Buffer.from(frame))) > 0);
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  write(...drafts: readonly PduDraft[]): void {
    this.socket.write(Buffer.concat(drafts.map(encodePdu)));
  }

  async next(): Promise<Pdu> {
    while (this.pdus.length === 0) {
      if (this.isClosed) throw new Error('closed');
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.pdus.shift()!;
  }

  async nextOf(command: string): Promise<Pdu> {
    for (;;) {
      const pdu = await this.next();
      if (pdu.command === command) return pdu;
    }
  }

  async ended(): Promise<void> {
    if (!this.isClosed) await once(this.socket, 'close');
  }

  async bound(): Promise<this> {
    this.write({ command: 'bind_transceiver', sequence: 1, fields: { system_id: 'poligon', password: 'poligon' } });
    expect(await this.nextOf('bind_transceiver_resp')).toMatchObject({ status: 0, sequence: 1 });
    return this;
  }
}

const submit = (sequence: number, fields: PduDraft['fields'] = {}): PduDraft => ({
  command: 'submit_sm',
  sequence,
  fields: { source_addr: 'HR', destination_addr: phone, short_message: Buffer.from('Code: 1234'), ...fields },
});

describe('a malformed PDU', () => {
  it.each([
    ['an unknown command_id', '00000010000000990000000000000007', 'generic_nack', 0x03],
    ['an unbound submit_sm', '00000010000000040000000000000007', 'submit_sm_resp', 0x02],
    ['an unbound enquire_link', '00000010000000150000000000000007', 'enquire_link_resp', 0x04],
    ['an alert_notification', '00000016000001020000000000000007000000000000', 'generic_nack', 0x03],
  ])('%s is answered and the session lives', async (_, hex, command, status) => {
    const esme = new RawEsme();
    esme.socket.write(Buffer.from(hex, 'hex'));
    expect(await esme.next()).toMatchObject({ command, status, sequence: 7 });
    await esme.bound();
    esme.socket.destroy();
  });

  it.each(['00000001', 'ffffffff'])(
    'a command_length of %s is answered by generic_nack, then the link is closed',
    async (length) => {
      const [esme, neighbour] = [new RawEsme(), await new RawEsme().bound()];
      esme.socket.write(Buffer.from(`${length}000000040000000000000007`, 'hex'));
      expect(await esme.next()).toMatchObject({ command: 'generic_nack', status: 0x02, sequence: 7 });
      await esme.ended();
      neighbour.write(submit(2));
      expect(await neighbour.nextOf('submit_sm_resp')).toMatchObject({ status: 0, sequence: 2 });
      neighbour.socket.destroy();
    },
  );

  it('arrives byte by byte or joined, it is all the same', async () => {
    const esme = await new RawEsme().bound();
    for (const byte of encodePdu(submit(2))) esme.socket.write(Buffer.of(byte));
    esme.write(submit(3), submit(4));
    const responses = [
      await esme.nextOf('submit_sm_resp'),
      await esme.nextOf('submit_sm_resp'),
      await esme.nextOf('submit_sm_resp'),
    ];
    expect(responses.map(({ sequence, status }) => [sequence, status])).toEqual([
      [2, 0],
      [3, 0],
      [4, 0],
    ]);
    esme.socket.destroy();
  });

  it('responses nobody asked for are ignored', async () => {
    const esme = await new RawEsme().bound();
    esme.write({ command: 'deliver_sm_resp', sequence: 999 }, { command: 'generic_nack', sequence: 5 }, submit(2));
    expect(await esme.nextOf('submit_sm_resp')).toMatchObject({ status: 0 });
    esme.socket.destroy();
  });
});

describe('inactivity', () => {
  it('enquires of a silent ESME, and ends a dead one', async () => {
    const esme = await new RawEsme().bound();
    expect((await esme.next()).command).toBe('enquire_link');
    await esme.ended();
  });

  it('sends a receipt again that was not answered', async () => {
    const esme = await new RawEsme().bound();
    esme.write(submit(2, { registered_delivery: 1 }));
    const first = await esme.nextOf('deliver_sm');
    const keepAlive = setInterval(() => esme.write({ command: 'enquire_link', sequence: 9 }), 50);
    const again = await esme.nextOf('deliver_sm');
    clearInterval(keepAlive);
    expect(again.fields).toEqual(first.fields);
    esme.socket.destroy();
  });
});

describe('outbind', () => {
  it('connects to an ESME, which then binds as receiver on that connection', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connected = once(server, 'connection') as Promise<[Socket]>;
    expect(
      (await sms.admin('POST', 'smpp/outbind', { host: '127.0.0.1', port, systemId: 'SMSC', password: 'secret' }))
        .status,
    ).toBe(201);
    const esme = new RawEsme((await connected)[0]);
    expect(await esme.next()).toMatchObject({ command: 'outbind', fields: { system_id: 'SMSC', password: 'secret' } });
    await esme.bound();
    esme.socket.destroy();
    server.close();
  });
});

it('serves TLS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smpp-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  execFileSync('openssl', made, { stdio: 'ignore' });
  const secure = await startSms({ SMS_SMPP_TLS_CERT_FILE: cert, SMS_SMPP_TLS_KEY_FILE: key });
  const { session, response } = await bind({ port: secure.smppTlsPort, tls: true });
  expect(response.command_status).toBe(0);
  expect(
    (await call(session, 'submit_sm', { destination_addr: phone, short_message: 'Code: 1234' })).command_status,
  ).toBe(0);
  session.destroy();
  await secure.emulator.close();
  rmSync(folder, { recursive: true });
});
