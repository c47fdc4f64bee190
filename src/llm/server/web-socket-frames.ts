/** What a server may say that sends frames. */
export type SocketMessage = { type: 'text'; text: string } | { type: 'ping'; payload: Buffer } | { type: 'close' };

/** A server sent what is no frame, or more than any message needs. */
export class BadFrames extends Error {}

/** A message about progress is far shorter. In bytes. */
const longestMessage = 1024 * 1024;

/** The frame that is being read. */
interface Frame {
  opcode: number;
  isLast: boolean;
  length: number;
}

/** Reads the frames of a WebSocket from bytes that arrive in pieces of any size, in linear time. Binary messages are passed over. */
export class WebSocketFrames {
  #pieces: Buffer[] = [];
  #held = 0;
  #step: 'header' | 'length' | 'payload' = 'header';
  #needs = 2;
  #frame: Frame = { opcode: 0, isLast: true, length: 0 };
  /** Of the message that came in several frames so far. */
  #message: { isText: boolean; parts: Buffer[]; length: number } | undefined;

  /** The messages that these bytes complete. @throws BadFrames, after which nothing more can be read. */
  push(bytes: Buffer): SocketMessage[] {
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    const found: SocketMessage[] = [];
    while (this.#held >= this.#needs) {
      const message = this.#read(this.#take(this.#needs));
      if (message !== undefined) found.push(message);
    }
    return found;
  }

  #take(length: number): Buffer {
    const all = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    const rest = all.subarray(length);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    return all.subarray(0, length);
  }

  #read(bytes: Buffer): SocketMessage | undefined {
    if (this.#step === 'header') return this.#header(bytes);
    if (this.#step === 'length') return this.#begin(bytes.length === 2 ? bytes.readUInt16BE() : Number(bytes.readBigUInt64BE()));
    this.#step = 'header';
    this.#needs = 2;
    return this.#payload(bytes);
  }

  #header(bytes: Buffer): undefined {
    const [first = 0, second = 0] = bytes;
    if ((first & 0x70) !== 0) throw new BadFrames('a frame uses what was not agreed on');
    if ((second & 0x80) !== 0) throw new BadFrames('a frame of a server is masked');
    this.#frame = { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, length: 0 };
    const short = second & 0x7f;
    if (this.#frame.opcode >= 8 && (short > 125 || !this.#frame.isLast)) throw new BadFrames('a frame of control is too long');
    if (short < 126) return this.#begin(short);
    this.#step = 'length';
    this.#needs = short === 126 ? 2 : 8;
    return undefined;
  }

  #begin(length: number): undefined {
    if (length + (this.#message?.length ?? 0) > longestMessage) throw new BadFrames(`a message has more than ${longestMessage} bytes`);
    this.#frame.length = length;
    this.#step = 'payload';
    this.#needs = length;
    return undefined;
  }

  #payload(bytes: Buffer): SocketMessage | undefined {
    const { opcode, isLast } = this.#frame;
    if (opcode === 8) return { type: 'close' };
    if (opcode === 9) return { type: 'ping', payload: Buffer.from(bytes) };
    if (opcode === 10) return undefined;
    if (opcode > 2) throw new BadFrames('a frame is of an unknown kind');
    if ((opcode === 0) !== (this.#message !== undefined)) throw new BadFrames('a message goes on that has not begun');
    this.#message ??= { isText: opcode === 1, parts: [], length: 0 };
    const message = this.#message;
    // Without its own copy a short part would keep the long piece that it came in.
    message.parts.push(Buffer.from(bytes));
    message.length += bytes.length;
    if (message.parts.length > longestMessage / 16) throw new BadFrames('a message comes in too many frames');
    if (!isLast) return undefined;
    this.#message = undefined;
    return message.isText ? { type: 'text', text: Buffer.concat(message.parts).toString('utf8') } : undefined;
  }
}
