import { translate } from '../../platform/i18n/i18n.js';

/** A task's title in both languages of the staff: the words of `meetings:task_<key>`. */
export function taskTitle(
  key: string,
  params: Record<string, unknown> = {},
): { titleVi: string; titleEn: string } {
  return {
    titleVi: translate('vi', `meetings:task_${key}`, params),
    titleEn: translate('en', `meetings:task_${key}`, params),
  };
}
