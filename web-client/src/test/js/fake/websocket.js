import { createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Answers an upgrade request; calls `onText(text)` and `onClose()`. Just enough of RFC 6455. */
export function acceptWebSocket(request, socket, { onText, onClose }) {
  const key = createHash("sha1")
    .update(request.headers["sec-websocket-key"] + GUID)
    .digest("base64");
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${key}\r\nSec-WebSocket-Protocol: hongbao.v1.json\r\n\r\n`,
  );
  let buffer = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("close", onClose);
  socket.on("data", (bytes) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (let frame = readFrame(buffer); frame; frame = readFrame(buffer)) {
      buffer = buffer.subarray(frame.length);
      if (frame.opcode === 1) {
        onText(frame.payload.toString());
      } else if (frame.opcode === 8) {
        socket.end(encode(8, frame.payload));
      } else if (frame.opcode === 9) {
        socket.write(encode(10, frame.payload));
      }
    }
  });
  return {
    send: (text) => socket.writable && socket.write(encode(1, Buffer.from(text))),
    close: (code, reason) => {
      if (code === 1006) {
        socket.destroy();
      } else {
        const payload = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]);
        socket.end(encode(8, payload));
      }
    },
  };
}

function readFrame(buffer) {
  if (buffer.length < 6) {
    return null;
  }
  const short = buffer[1] & 127;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (buffer.length < header + 4) {
    return null;
  }
  const size =
    short === 126
      ? buffer.readUInt16BE(2)
      : short === 127
        ? Number(buffer.readBigUInt64BE(2))
        : short;
  const length = header + 4 + size;
  if (buffer.length < length) {
    return null;
  }
  const mask = buffer.subarray(header, header + 4);
  const payload = Buffer.from(buffer.subarray(header + 4, length)).map(
    (byte, at) => byte ^ mask[at % 4],
  );
  return { opcode: buffer[0] & 15, payload, length };
}

function encode(opcode, payload) {
  const size = payload.length;
  let header = Buffer.from([0x80 | opcode, size]);
  if (size > 65535) {
    header = Buffer.alloc(10, 0);
    header.set([0x80 | opcode, 127]);
    header.writeBigUInt64BE(BigInt(size), 2);
  } else if (size > 125) {
    header = Buffer.from([0x80 | opcode, 126, size >> 8, size & 255]);
  }
  return Buffer.concat([header, payload]);
}
