export interface PictureSize {
  width: number;
  height: number;
}

/** Of a PNG, JPEG or WebP by its first bytes; null when they do not tell. */
export function pictureSize(head: Buffer, mediaType: string): PictureSize | null {
  try {
    if (mediaType === 'image/png') return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
    if (mediaType === 'image/jpeg') return jpegSize(head);
    if (mediaType === 'image/webp') return webpSize(head);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** Segments follow one another, each with its length, until a frame header gives the size. */
function jpegSize(head: Buffer): PictureSize | null {
  for (let at = 2; at < head.length;) {
    if (head[at] !== 0xff) return null;
    const marker = head[at + 1]!;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return null;
}

function webpSize(head: Buffer): PictureSize | null {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    default:
      return null;
  }
}
