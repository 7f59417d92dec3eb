import i18n from 'i18next';

const CODES =
  `AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH
SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF
WS YE YT ZA ZM ZW`.split(/\s+/);

/** Where most investors come from: first in the list. */
const FIRST = ['VN', 'CN', 'KR', 'JP', 'TW', 'HK', 'SG'];

/** A country's name in the reader's language. @param code ISO 3166-1 alpha-2 */
export function countryName(code: string): string {
  return new Intl.DisplayNames([i18n.language || 'vi'], { type: 'region' }).of(code) ?? code;
}

/** Every country by its name, the usual ones first. */
export function countryOptions(): { value: string; label: string }[] {
  const others = CODES.filter((code) => !FIRST.includes(code))
    .map((value) => ({ value, label: countryName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language || 'vi'));
  return [...FIRST.map((value) => ({ value, label: countryName(value) })), ...others];
}
