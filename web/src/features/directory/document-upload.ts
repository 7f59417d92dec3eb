import i18n from 'i18next';
import { Problem, Unreachable, type ProblemBody } from '../../lib/problem';
import type { Land } from './land-queries';

/** Sends a form with a file. `fetch` does not tell how much has gone out. @param progress gets shares from 0 to 1 */
export function sendDocument(
  clusterId: string,
  form: FormData,
  progress: (share: number) => void,
): Promise<Land> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/clusters/${encodeURIComponent(clusterId)}/documents`);
    request.setRequestHeader('Accept-Language', i18n.language || 'vi');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) progress(loaded / total);
    });
    request.addEventListener('error', () => failed(new Unreachable()));
    request.addEventListener('load', () => {
      if (request.status < 300) done(request.response as Land);
      else failed(new Problem(request.status, (request.response ?? {}) as ProblemBody));
    });
    request.send(form);
  });
}
