export const MEGABYTE = 1024 * 1024;

/** The largest file that is accepted, in bytes. */
export const LARGEST_FILE = 20 * MEGABYTE;

export interface FileKind {
  mediaType: string;
  extension: string;
  /** A browser may show it in a page; everything else is offered for saving. */
  picture?: boolean;
}

/** What may be uploaded, by the media type that the content itself tells. None of them runs script in a browser. */
export const FILE_KINDS: readonly FileKind[] = [
  { mediaType: 'application/pdf', extension: 'pdf' },
  { mediaType: 'image/jpeg', extension: 'jpg', picture: true },
  { mediaType: 'image/png', extension: 'png', picture: true },
  { mediaType: 'image/webp', extension: 'webp', picture: true },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
  },
  { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx' },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extension: 'pptx',
  },
];

export function kindOf(mediaType: string | undefined): FileKind | null {
  return FILE_KINDS.find((kind) => kind.mediaType === mediaType) ?? null;
}

/** Separators, control characters and invisible marks that reverse the reading direction. */
const UNSAFE = /[\u0000-\u001f\u007f/\\<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The name under which a file is offered for saving: no folder, no control characters, at most 120 characters, and the
 * extension of what it really is. @example fileName('../../ke-hoach.exe', 'pdf') // "ke-hoach.pdf"
 */
export function fileName(given: string, extension: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(UNSAFE, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...stem].slice(0, 120).join('') || 'file'}.${extension}`;
}

/** `Content-Disposition` with the name in both spellings (RFC 6266). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
