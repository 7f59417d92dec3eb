import { Database } from '../../src/platform/database/database.js';
import { NOW } from './workbench.js';

/**
 * Leads as an agency of ten years would have them: uneven stages, owners and clusters, several clusters for some,
 * names with accents. Made by one statement each, without the audit.
 */
export async function generateLeads(
  db: Database,
  leads: number,
): Promise<{ userIds: string[]; clusterIds: string[] }> {
  const firms = Math.ceil(leads / 2);
  await db.transaction(async () => {
    await db.query(`SET LOCAL session_replication_role = replica`);
    await db.query(`SELECT setseed(0.42)`);
    await db.query(
      `INSERT INTO app_user (id, name, email, email_verified, role, language, version, created_at, updated_at)
       SELECT gen_random_uuid(), 'Cán bộ ' || n, 'officer' || n || '@sample.test', true, 'officer', 'vi', 1, $1, $1 FROM generate_series(1, 40) n`,
      [NOW],
    );
    await db.query(
      `INSERT INTO firm (id, name, country, sectors, sample, version, created_at, updated_at)
       SELECT gen_random_uuid(),
              (ARRAY['Công ty Cổ phần','Công ty TNHH','Tập đoàn','Doanh nghiệp'])[1 + n % 4] || ' ' ||
              (ARRAY['Hà Nam','Đông Bắc','Xứ Lạng','Phú Thịnh','Hữu Nghị','An Khánh','Trường Sơn'])[1 + n % 7] || ' ' || n,
              (ARRAY['VN','CN','KR','JP','TW'])[1 + n % 5], ARRAY['electronics'], true, 1, $2, $2
         FROM generate_series(1, $1::int) n`,
      [firms, NOW],
    );
    await db.query(INSERT_LEADS, [leads, firms, NOW]);
    await db.query(
      `INSERT INTO lead_cluster (lead_id, cluster_id, position)
       SELECT l.id, c.id, 0 FROM (SELECT id, row_number() OVER () AS n FROM lead WHERE reference LIKE 'B-%') l
         JOIN (SELECT id, row_number() OVER (ORDER BY code) AS n, count(*) OVER () AS many FROM cluster) c
           ON c.n = 1 + floor(power((l.n % 997) / 997.0, 2) * c.many)::int`,
    );
  });
  for (const table of ['firm', 'lead', 'lead_cluster', 'app_user']) await db.query(`ANALYZE ${table}`);
  const users = await db.query<{ id: string }>(
    `SELECT owner_id AS id FROM lead WHERE owner_id IS NOT NULL GROUP BY owner_id ORDER BY count(*) DESC`,
  );
  const clusters = await db.query<{ id: string }>(
    `SELECT cluster_id AS id FROM lead_cluster GROUP BY cluster_id ORDER BY count(*)`,
  );
  return { userIds: users.map(({ id }) => id), clusterIds: clusters.map(({ id }) => id) };
}

const INSERT_LEADS = `
  WITH owners AS (SELECT id, row_number() OVER (ORDER BY email) AS n FROM app_user WHERE email LIKE 'officer%'),
       firms AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM firm)
  INSERT INTO lead (id, reference, firm_id, kind, stage, owner_id, source, area_ha, stage_since, opened_at, last_activity_at,
                    next_action, next_action_at, sample, version, created_at, updated_at)
  SELECT gen_random_uuid(), 'B-' || g.n, firms.id, CASE WHEN g.n % 5 = 0 THEN 'infrastructure' ELSE 'secondary' END,
         CASE WHEN g.n % 5 = 0 THEN (ARRAY['enquiry','qualified','site_visit','proposal','appraisal'])[1 + floor(power(g.r, 2) * 5)::int]
              ELSE (ARRAY['enquiry','qualified','site_visit','memorandum','licensing','land_leased'])[1 + floor(power(g.r, 2) * 6)::int] END,
         owners.id, 'officer', round((g.r * 50)::numeric, 2), $3::timestamptz - g.r * interval '900 days',
         $3::timestamptz - interval '10 days' - g.r * interval '3600 days', $3::timestamptz - g.s * interval '700 days',
         'Gọi điện', CASE WHEN g.n % 3 = 0 THEN NULL ELSE $3::timestamptz + (g.s - 0.5) * interval '60 days' END, true, 1,
         $3::timestamptz - interval '10 days' - g.r * interval '3600 days', $3
    FROM (SELECT n, random() AS r, random() AS s FROM generate_series(1, $1::int) n) g
    JOIN firms ON firms.n = 1 + g.n % $2::int
    JOIN owners ON owners.n = 1 + floor(power(g.s, 2) * 40)::int`;
