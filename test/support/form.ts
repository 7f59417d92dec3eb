/** A form with files as a browser sends it. */
export class Form {
  private readonly parts: Buffer[] = [];
  private readonly boundary = 'xuc-tien-dau-tu';

  field(name: string, value: string): this {
    this.parts.push(
      Buffer.from(`--${this.boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    );
    return this;
  }

  /** @param claims what the sender says that the file is */
  file(name: string, content: Buffer | string, claims = 'application/pdf'): this {
    this.parts.push(
      Buffer.from(
        `--${this.boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${claims}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    );
    return this;
  }

  get body(): Buffer {
    return Buffer.concat([...this.parts, Buffer.from(`--${this.boundary}--\r\n`)]);
  }

  get headers(): Record<string, string> {
    return { 'content-type': `multipart/form-data; boundary=${this.boundary}` };
  }
}

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
