// A small server for the page: its built files, and /ws/picture with whatever frames the test sends. No packages.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function serveFile(root, request, response) {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  const file = join(root, path === '/' ? 'index.html' : path);
  if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

/** One WebSocket message from the server: never masked, never fragmented (RFC 6455 section 5.2). */
function message(opcode, payload) {
  const header =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, payload.length])
      : payload.length < 65536
        ? Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 255])
        : Buffer.concat([
            Buffer.from([0x80 | opcode, 127]),
            (() => {
              const b = Buffer.alloc(8);
              b.writeBigUInt64BE(BigInt(payload.length));
              return b;
            })(),
          ]);
  return Buffer.concat([header, payload]);
}

export class PictureServer {
  constructor(root) {
    this.root = root;
    this.sockets = new Set();
    this.connections = 0;
    this.requests = [];
    this.onConnect = () => {};
    this.http = createServer((request, response) => {
      this.requests.push(request.url);
      serveFile(root, request, response);
    });
    this.http.on('upgrade', (request, socket) => this.upgrade(request, socket));
    this.accepting = true;
  }

  listen(port = 0) {
    return new Promise((resolve) =>
      this.http.listen(port, '127.0.0.1', () => {
        this.port = this.http.address().port;
        resolve(`http://127.0.0.1:${this.port}/`);
      }),
    );
  }

  upgrade(request, socket) {
    if (!this.accepting || new URL(request.url, 'http://x').pathname !== '/ws/picture') {
      socket.destroy();
      return;
    }
    const accept = createHash('sha1')
      .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    this.connections += 1;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => this.sockets.delete(socket));
    socket.on('data', (data) => {
      if ((data[0] & 0x0f) === 8) socket.end(message(8, Buffer.from([0x03, 0xe8])));
    });
    this.onConnect((frame) => socket.write(message(2, frame)));
  }

  broadcast(frame) {
    for (const socket of this.sockets) socket.write(message(2, frame));
  }

  /** Cuts every connection as a pulled cable would, and refuses new ones while `accepting` is false. */
  cut({ accepting }) {
    this.accepting = accepting;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  close() {
    this.cut({ accepting: false });
    return new Promise((resolve) => {
      this.http.close(resolve);
      this.http.closeAllConnections();
    });
  }
}
