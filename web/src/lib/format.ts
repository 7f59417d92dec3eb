import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import relativeTime from 'dayjs/plugin/relativeTime';
import 'dayjs/locale/vi';
import i18n from 'i18next';
import { now } from './clock';

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(relativeTime);

/** Where the agency works: every time is shown there, wherever the reader's device is. */
let zone = 'Asia/Ho_Chi_Minh';
export const setZone = (name: string): void => void (zone = name);
export const zoneName = (): string => zone;

export interface MoneyValue {
  amount: string;
  currency: string;
}

const locale = () => (i18n.language === 'en' ? 'en-GB' : 'vi-VN');

/** An instant in the agency's time zone and the reader's language. */
export function local(instant: string | Date): Dayjs {
  return dayjs(instant)
    .tz(zone)
    .locale(i18n.language === 'en' ? 'en' : 'vi');
}

/** Today where the agency works, `YYYY-MM-DD`. */
export const today = (): string => local(now()).format('YYYY-MM-DD');

/** A local day and time as an instant (UTC). @example instantOf('2026-04-30', '08:00') */
export const instantOf = (day: string, time: string): string =>
  dayjs.tz(`${day}T${time}`, zone).toISOString();

/** @example "30/04/2026" */
export const formatDay = (day: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? dayjs(day).format('DD/MM/YYYY') : local(day).format('DD/MM/YYYY');

/** @example "30/04/2026 08:00" */
export const formatTime = (instant: string): string => local(instant).format('DD/MM/YYYY HH:mm');

/** @example "08:00" */
export const formatHour = (instant: string): string => local(instant).format('HH:mm');

/** @example "3 ngày trước", "in 2 hours" */
export const formatFromNow = (instant: string): string => local(instant).from(now());

/** Nothing is rounded: as many digits as the number has. */
export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: 10 }).format(value);

/** @example "38,25 ha" */
export const formatHa = (value: number): string => `${formatNumber(value)} ha`;

/** A share of one as per cent with at most one decimal. @example "62,5 %" */
export const formatShare = (share: number): string =>
  `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(share * 100)} %`;

/** The whole amount with its currency, digit by digit. @example "457.600.000.000 ₫" */
export function formatMoneyInFull({ amount, currency }: MoneyValue): string {
  const [whole = '0', part] = amount.split('.');
  const grouped = new Intl.NumberFormat(locale()).format(BigInt(whole));
  const mark = i18n.language === 'en' ? '.' : ',';
  const digits = part && /[1-9]/.test(part) ? `${grouped}${mark}${part}` : grouped;
  return currency === 'VND' ? `${digits} ₫` : `${digits} ${currency}`;
}

const UNITS = [
  { zeros: 9, vi: 'tỷ', en: 'billion' },
  { zeros: 6, vi: 'triệu', en: 'million' },
] as const;

/**
 * An amount as people say it, exact: a unit is used only when at most three decimals remain.
 * @example "457,6 tỷ ₫", "1,25 triệu USD"
 */
export function formatMoney(money: MoneyValue): string {
  const [whole = '0', part] = money.amount.split('.');
  if (part && /[1-9]/.test(part)) return formatMoneyInFull(money);
  for (const unit of UNITS) {
    if (whole.length <= unit.zeros) continue;
    const head = whole.slice(0, -unit.zeros);
    const rest = whole.slice(-unit.zeros).replace(/0+$/, '');
    if (rest.length > 3) return formatMoneyInFull(money);
    const mark = i18n.language === 'en' ? '.' : ',';
    const digits = new Intl.NumberFormat(locale()).format(BigInt(head)) + (rest ? `${mark}${rest}` : '');
    const word = i18n.language === 'en' ? unit.en : unit.vi;
    return `${digits} ${word} ${money.currency === 'VND' ? '₫' : money.currency}`;
  }
  return formatMoneyInFull(money);
}

/** One of two names by the reader's language. */
export const inLanguage = (names: { nameVi: string; nameEn: string }): string =>
  i18n.language === 'en' ? names.nameEn : names.nameVi;
