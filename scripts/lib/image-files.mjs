/** The container formats of icons, installers and animations, written by hand: a short header and the pictures. */

/**
 * An .ico of PNG pictures, which Windows reads since Vista.
 * @param {{size: number, png: Buffer}[]} pictures square, at most 256 pixels
 */
export function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0: the field is one byte.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** The .icns types whose pictures may be PNG on every macOS that Electron supports, by size in pixels. */
const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * An .icns of PNG pictures.
 * @param {Map<number, Buffer>} pngs by size in pixels
 */
export function icns(pngs) {
  const parts = ICNS_TYPES.map(([type, size]) => block(type, pngs.get(size)));
  return block('icns', Buffer.concat(parts));
}

function block(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([header, content]);
}

/** An uncompressed 24-bit BMP, as NSIS requires. @param {{width: number, height: number, rgba: Buffer}} picture */
export function bmp({ width, height, rgba }) {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(stride * height, 34);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      // Bottom row first, and blue first.
      const to = 54 + (height - 1 - y) * stride + x * 3;
      file[to] = rgba[from + 2];
      file[to + 1] = rgba[from + 1];
      file[to + 2] = rgba[from];
    }
  }
  return file;
}

/**
 * An endlessly repeated animated WebP of still ones, each a whole frame with a duration.
 * @param {{webp: Buffer, ms: number}[]} frames as a browser's canvas writes them, all of one size
 * @param {{width: number, height: number}} size
 */
export function animatedWebp(frames, { width, height }) {
  const canvas = Buffer.alloc(10);
  // The animation flag.
  canvas[0] = 0b10;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const parts = frames.map(({ webp, ms }) => {
    const head = Buffer.alloc(16);
    head.writeUIntLE(width - 1, 6, 3);
    head.writeUIntLE(height - 1, 9, 3);
    head.writeUIntLE(ms, 12, 3);
    // Replaces the frame before it instead of blending.
    head[15] = 0b10;
    return riff('ANMF', Buffer.concat([head, picturePart(webp)]));
  });
  const content = [Buffer.from('WEBP'), riff('VP8X', canvas), riff('ANIM', Buffer.alloc(6)), ...parts];
  return riff('RIFF', Buffer.concat(content));
}

/** Returns the picture chunk of a still WebP, with its header. */
function picturePart(webp) {
  for (let at = 12; at + 8 <= webp.length; ) {
    const name = webp.toString('latin1', at, at + 4);
    const length = webp.readUInt32LE(at + 4);
    if (name === 'VP8 ' || name === 'VP8L') return riff(name, webp.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  throw new Error('a still WebP without a picture');
}

/** Chunks have an even length. */
function riff(name, content) {
  const header = Buffer.alloc(8);
  header.write(name, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}
