import { connect, type Socket } from 'node:net';

/** What one run of the SMPP load did. */
export interface SmppLoad {
  readonly submits: number;
  readonly receipts: number;
  readonly failures: number;
  /** From the first response to the last. */
  readonly seconds: number;
  /** Receipts of as many seconds, counted from the first of them on: as many as submits when they keep pace. */
  readonly timelyReceipts: number;
}

export interface SmppLoadOptions {
  readonly connections: number;
  /** Unanswered submits per connection. */
  readonly window: number;
  readonly seconds: number;
  readonly hasReceipts: boolean;
  /** Numbers written to in turn; one when omitted. */
  readonly phones?: number;
}

const HEADER = 16;
const SEQUENCE_AT = 12;
const SUBMIT = 4;
const DELIVER = 5;
const BIND = 9;
const RESPONSE = 0x80000000;
const PHONE = 79_430_000_001;
/** Offset of destination_addr in the template. */
const PHONE_AT = HEADER + 1 + 2 + 'HRLink'.length + 1 + 2;
const DRAIN_MS = 5000;

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');

function pdu(command: number, sequence: number, body: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.alloc(HEADER), body]);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(command, 4);
  frame.writeUInt32BE(sequence, 12);
  return frame;
}

/** deliver_sm_resp with an empty message_id. */
const ANSWER = pdu((DELIVER | RESPONSE) >>> 0, 0, Buffer.alloc(1));

/** The submit_sm every connection repeats; only its sequence_number changes. */
function submitTemplate(hasReceipts: boolean): Buffer {
  const message = Buffer.from('Your code: 123456 for document 4711');
  const body = [
    text(''),
    Buffer.of(5, 0),
    text('HRLink'),
    Buffer.of(1, 1),
    text(String(PHONE)),
    Buffer.of(0, 0, 0),
    text(''),
    text(''),
    Buffer.of(hasReceipts ? 1 : 0, 0, 0, 0, message.length),
    message,
  ];
  return pdu(SUBMIT, 0, Buffer.concat(body));
}

const BIND_PDU = pdu(
  BIND,
  1,
  Buffer.concat([text('poligon'), text('poligon'), text(''), Buffer.of(0x34, 0, 0), text('')]),
);

/** Messages written to several phones so far: a further run goes on with the phones after. */
let written = 0;

/** One ESME that keeps its window full; it answers receipts and counts. It decodes nothing more, so that the server is what is measured. */
class LoadEsme {
  responses = 0;
  receipts = 0;
  failures = 0;
  firstResponseMs = Infinity;
  lastResponseMs = 0;
  /** When receipts came, and how many had come then. */
  readonly arrivals: { readonly atMs: number; readonly receipts: number }[] = [];
  isSending = true;
  private readonly socket: Socket;
  private rest: Buffer = Buffer.alloc(0);
  private sequence = 1;

  constructor(
    port: number,
    private readonly template: Buffer,
    private readonly window: number,
    private readonly phones: number,
  ) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => this.read(chunk));
    this.socket.on('error', () => (this.failures += 1));
    this.socket.write(BIND_PDU);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    const stream = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const answers = Buffer.allocUnsafe(Math.ceil(stream.length / HEADER) * ANSWER.length);
    const receiptsBefore = this.receipts;
    let at = 0;
    let answered = 0;
    while (stream.length - at >= HEADER) {
      const length = stream.readUInt32BE(at);
      if (stream.length - at < length) break;
      if (stream.readUInt32BE(at + 4) === DELIVER) {
        const answerAt = (this.receipts - receiptsBefore) * ANSWER.length;
        ANSWER.copy(answers, answerAt);
        stream.copy(answers, answerAt + SEQUENCE_AT, at + SEQUENCE_AT, at + HEADER);
        this.receipts += 1;
      } else answered += this.take(stream, at);
      at += length;
    }
    this.rest = stream.subarray(at);
    if (this.receipts > receiptsBefore) this.arrivals.push({ atMs: performance.now(), receipts: this.receipts });
    const answerBytes = (this.receipts - receiptsBefore) * ANSWER.length;
    if (answerBytes > 0) this.socket.write(answers.subarray(0, answerBytes));
    if (this.isSending && answered > 0) this.submit(answered);
  }

  /** How many submits may follow this PDU. */
  private take(stream: Buffer, at: number): number {
    const command = stream.readUInt32BE(at + 4);
    if (stream.readUInt32BE(at + 8) !== 0) this.failures += 1;
    if (command === (BIND | RESPONSE) >>> 0) return this.window;
    if (command !== (SUBMIT | RESPONSE) >>> 0) return 0;
    this.responses += 1;
    this.lastResponseMs = performance.now();
    if (this.responses === 1) this.firstResponseMs = this.lastResponseMs;
    return 1;
  }

  private submit(count: number): void {
    const { template } = this;
    const bytes = Buffer.allocUnsafe(template.length * count);
    for (let at = 0; at < bytes.length; at += template.length) {
      template.copy(bytes, at);
      this.sequence += 1;
      bytes.writeUInt32BE(this.sequence, at + 12);
      if (this.phones > 1) bytes.write(String(PHONE + (written++ % this.phones)), at + PHONE_AT, 'latin1');
    }
    this.socket.write(bytes);
  }
}

/** Runs the load, then waits until no receipt is outstanding. */
export async function smppLoad(port: number, options: SmppLoadOptions): Promise<SmppLoad> {
  const template = submitTemplate(options.hasReceipts);
  const esmes = Array.from(
    { length: options.connections },
    () => new LoadEsme(port, template, options.window, options.phones ?? 1),
  );
  const sum = (pick: (esme: LoadEsme) => number) => esmes.reduce((total, esme) => total + pick(esme), 0);
  await pause(options.seconds * 1000);
  for (const esme of esmes) esme.isSending = false;
  const untilMs = performance.now() + DRAIN_MS;
  await pause(50);
  while (
    options.hasReceipts &&
    sum(({ receipts }) => receipts) < sum(({ responses }) => responses) &&
    performance.now() < untilMs
  ) {
    await pause(10);
  }
  for (const esme of esmes) esme.close();
  const firstMs = Math.min(...esmes.map(({ firstResponseMs }) => firstResponseMs));
  const spanMs = Math.max(...esmes.map(({ lastResponseMs }) => lastResponseMs)) - firstMs;
  const untilReceiptMs = Math.min(...esmes.map(({ arrivals }) => arrivals[0]?.atMs ?? Infinity)) + spanMs;
  return {
    submits: sum(({ responses }) => responses),
    receipts: sum(({ receipts }) => receipts),
    failures: sum(({ failures }) => failures),
    seconds: spanMs / 1000,
    timelyReceipts: sum(({ arrivals }) => arrivals.findLast(({ atMs }) => atMs <= untilReceiptMs)?.receipts ?? 0),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
