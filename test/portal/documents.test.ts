import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cluster } from '../../src/modules/directory/cluster.entity.js';
import type { ClusterLandAnswer } from '../../src/modules/directory/land/cluster-land.dto.js';
import { ClustersQueries } from '../../src/modules/directory/clusters.queries.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenCluster } from '../factories/directory.js';
import { Form, PDF, PNG } from '../support/form.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;
let cluster: Cluster;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
  cluster = await givenCluster(t, { isPublic: true });
});
afterAll(() => t.close());

const v = (version: number) => ({ 'if-match': `"${version}"` });
const send = <B = ClusterLandAnswer>(form: Form, by = manager, id = cluster.id) =>
  by.post<B>(`/api/v1/clusters/${id}/documents`, form.body, form.headers);
const formOf = (name: string, content: Buffer | string, kind = 'map', claims?: string) =>
  new Form().field('kind', kind).field('titleVi', 'Bản đồ vị trí').file(name, content, claims);

async function published(id = cluster.id): Promise<{ id: string; version: number }> {
  const { body } = await send(formOf('ban-do.pdf', PDF), manager, id);
  const { id: documentId } = body.documents.at(-1)!;
  const answer = await manager.patch<ClusterLandAnswer>(
    `/api/v1/clusters/${id}/documents/${documentId}`,
    { isPublic: true },
    v(1),
  );
  return answer.body.documents.at(-1)!;
}

describe('a document of a cluster', () => {
  it('is brought by a manager, and is nobody else’s to see before it is published', async () => {
    expect((await send(formOf('a.pdf', PDF), officer)).status).toBe(403);
    const { status, body } = await send(
      formOf('../Bản đồ.exe', PDF).field('number', '12/QĐ').field('issuedOn', '2025-03-10'),
    );
    expect(status).toBe(201);
    const document = body.documents.at(-1)!;
    expect(document).toMatchObject({
      kind: 'map',
      title: { vi: 'Bản đồ vị trí', en: null, zh: null },
      number: '12/QĐ',
      issuedOn: '2025-03-10',
      file: { name: 'Bản đồ.pdf', mediaType: 'application/pdf', size: PDF.length },
      isPublic: false,
      width: null,
    });
    const path = `/clusters/${cluster.code}/documents/${document.id}`;
    expect((await t.http.anonymous.get(path)).status).toBe(404);
    expect((await t.get(ClustersQueries).findPublic(cluster.code))!.documents).toEqual([]);
    const own = await officer.get(`/api/v1/clusters/${cluster.id}/documents/${document.id}/file`);
    expect(own.status).toBe(200);
    expect(own.headers['cache-control']).toBe('private, no-store');
    expect(
      (await t.http.anonymous.get(`/api/v1/clusters/${cluster.id}/documents/${document.id}/file`)).status,
    ).toBe(401);
  });

  it('is everybody’s once it and the cluster are public, and not a moment longer', async () => {
    const document = await published();
    const path = `/clusters/${cluster.code}/documents/${document.id}`;
    for (const prefix of ['', '/en', '/zh']) {
      const got = await t.http.anonymous.get(`${prefix}${path}`);
      expect(got.status).toBe(200);
      expect(got.text).toBe(PDF.toString());
      expect(got.headers).toMatchObject({
        'content-type': 'application/pdf',
        'cache-control': 'public, max-age=3600',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      expect(got.headers['content-disposition']).toContain('attachment');
    }
    await manager.patch(
      `/api/v1/clusters/${cluster.id}/documents/${document.id}`,
      { isPublic: false },
      v(document.version),
    );
    expect((await t.http.anonymous.get(path)).status).toBe(404);
  });

  it('answers alike for what is not public, of another cluster, or not there at all', async () => {
    const hidden = await givenCluster(t, { isPublic: false });
    const other = await published(hidden.id);
    const own = await published();
    const answers = await Promise.all(
      [
        `/clusters/${hidden.code}/documents/${other.id}`,
        `/clusters/${cluster.code}/documents/${other.id}`,
        `/clusters/${hidden.code}/documents/${own.id}`,
        `/clusters/khong-co/documents/${own.id}`,
        `/clusters/${cluster.code}/documents/${newId()}`,
      ].map((path) => t.http.anonymous.get<Problem>(path)),
    );
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'file_not_found']);
    expect((await t.http.anonymous.get(`/clusters/${cluster.code}/documents/1`)).status).toBe(400);
  });

  it('keeps its order, and takes its file with it when it goes', async () => {
    const { id } = await givenCluster(t);
    await send(formOf('mot.pdf', PDF), manager, id);
    const { body } = await send(formOf('hai.png', PNG, 'picture'), manager, id);
    expect(body.documents.map(({ file }) => file.name)).toEqual(['mot.pdf', 'hai.png']);
    expect(body.documents[1]).toMatchObject({ width: 1, height: 1 });
    const ids = body.documents.map((one) => one.id);
    const turned = await manager.put<ClusterLandAnswer>(`/api/v1/clusters/${id}/documents-order`, {
      ids: ids.toReversed(),
    });
    expect(turned.body.documents.map((one) => one.id)).toEqual(ids.toReversed());
    const files = () => t.db.query(`SELECT 1 FROM stored_file`);
    const before = (await files()).length;
    const url = `/api/v1/clusters/${id}/documents/${ids[0]}`;
    expect((await manager.delete(url, v(9))).status).toBe(412);
    expect((await manager.delete<ClusterLandAnswer>(url, v(1))).body.documents).toHaveLength(1);
    expect(await files()).toHaveLength(before - 1);
  });
});

describe('a file that lies', () => {
  const refusal = async (form: Form) => {
    const { status, body } = await send<Problem>(form);
    return [status, body.errors?.[0]?.path, body.errors?.[0]?.code];
  };

  it.each([
    ['HTML named as a PDF', 'a.pdf', '<!doctype html><script>alert(1)</script>', 'application/pdf'],
    [
      'SVG',
      'a.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'image/svg+xml',
    ],
    ['SVG named as a picture', 'a.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png'],
    ['a text', 'a.pdf', 'xin chào', 'application/pdf'],
  ])('%s is refused', async (_what, name, content, claims) => {
    expect(await refusal(formOf(name, content, 'map', claims))).toEqual([
      400,
      'file',
      'file_type_not_allowed',
    ]);
  });

  it('a program named as a picture is refused', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(510)]);
    expect(await refusal(formOf('anh.png', program, 'picture', 'image/png'))).toEqual([
      400,
      'file',
      'file_type_not_allowed',
    ]);
  });

  it('nothing, and no file, are refused', async () => {
    expect(await refusal(formOf('a.pdf', ''))).toEqual([400, 'file', 'file_empty']);
    expect(await refusal(new Form().field('kind', 'map').field('titleVi', 'x'))).toEqual([
      400,
      'file',
      'file_missing',
    ]);
  });

  it('more than 20 MB are refused', async () => {
    const { status, body } = await send<Problem>(
      formOf('a.pdf', Buffer.concat([PDF, Buffer.alloc(21 * 1024 * 1024)])),
    );
    expect([status, body.code]).toEqual([413, 'file_too_large']);
  });

  it('a document is no picture', async () => {
    expect(await refusal(formOf('a.pdf', PDF, 'picture'))).toEqual([400, 'kind', 'not_a_picture']);
  });

  it('fields are checked as any others are', async () => {
    const { body } = await send<Problem>(
      new Form().field('kind', 'virus').field('isPublic', 'true').file('a.pdf', PDF),
    );
    expect(body.errors?.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['isPublic', 'unknown_field'],
        ['kind', 'not_one_of'],
        ['titleVi', 'required'],
      ]),
    );
  });
});
