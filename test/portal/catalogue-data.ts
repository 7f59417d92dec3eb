import { givenCluster } from '../factories/directory.js';
import type { TestApp } from '../support/harness.js';

/** Beside the twelve of the plan: a hostile one, one of which much is known, a crowd that makes forty; and a hidden one. */
export async function givenPublicClusters(t: TestApp): Promise<void> {
  await givenCluster(t, {
    code: 'hostile',
    name: `Cụm </script><script>alert(1)</script> "Mẫu" & <b>`,
    summaryVi: '<img src=x onerror=alert(1)>',
    sectors: ['Chế biến <i>gỗ</i>'],
    isPublic: true,
    areaHa: 12.5,
    source: '=HYPERLINK("http://x")',
  });
  await givenCluster(t, {
    code: 'full',
    name: 'Cụm công nghiệp Đầy đủ',
    isPublic: true,
    detailedPlan: true,
    status: 'operating',
    areaHa: 40,
    industrialLandHa: 30,
    occupiedHa: 7.5,
    landAsOf: '2026-01-31',
    landSource: 'Báo cáo của chủ đầu tư',
    latitude: 21.85,
    longitude: 106.76,
    positionSource: 'Bản đồ quy hoạch',
    sectors: ['Cơ khí'],
  });
  await givenCluster(t, { code: 'hidden', name: 'Cụm công nghiệp Bí mật', isPublic: false, areaHa: 61.61 });
  for (let n = 0; n < 26; n += 1)
    await givenCluster(t, {
      code: `crowd-${n}`,
      isPublic: true,
      areaHa: 10 + n,
      sectors: ['Dệt may', 'Da giày'],
    });
}
