import type { MailAudience } from './template.entity.js';

/** What a text may name: a value, or a list whose items have fields. */
type Shape = { [name: string]: true | Shape | readonly [Shape] };

const CLUSTER: Shape = {
  code: true,
  name: true,
  district: true,
  areaHa: true,
  status: true,
  summary: true,
  url: true,
};
/** There only in mails about an agreed visit, meeting or call; `link` and `calendar` only in an investor's. */
const MEETING: Shape = {
  kind: true,
  startsAt: true,
  endsAt: true,
  place: true,
  note: true,
  reason: true,
  link: true,
  calendar: true,
};
const COMMON: Shape = {
  agency: { name: true },
  firm: { name: true },
  contact: { fullName: true, title: true },
  officer: { name: true, email: true, title: true, phone: true },
  lead: { reference: true },
  round: { name: true },
  meeting: MEETING,
  clusters: [CLUSTER],
};

/** Every variable by audience. Values are ready to read: days and numbers are written as the language writes them. */
export const VARIABLES: Record<MailAudience, Shape> = {
  investor: {
    ...COMMON,
    event: { name: true, place: true, startsAt: true },
    obstacle: { title: true, answer: true },
    /** There only in mails about what a person asked about the own data; `link` leads to the copy. */
    request: { reference: true, kind: true, receivedAt: true, dueAt: true, reason: true, link: true },
    /** `answer`, `preferences` and `optOut` are there in promotion mail only. */
    links: {
      answer: true,
      interested: true,
      callMe: true,
      visit: true,
      notNow: true,
      optOut: true,
      preferences: true,
      catalogue: true,
      /** There when the mail is about a lead. */
      case: true,
    },
  },
  officer: {
    ...COMMON,
    recipient: { name: true },
    task: { title: true, dueAt: true, daysLate: true },
    answer: { words: true, note: true, until: true },
    previousOwner: { name: true },
    /** There only in notices of a mail that came in. */
    mail: { from: true, subject: true, text: true },
    links: { lead: true, reminders: true },
  },
};

/** Properties that Liquid itself gives to lists, texts and loops. */
const OF_LISTS = new Set(['size', 'first', 'last']);
const FORLOOP = new Set(['index', 'index0', 'first', 'last', 'length', 'rindex', 'rindex0']);

/** All names of an audience as a writer types them. @example "clusters[].name" */
export function variableNames(audience: MailAudience): string[] {
  const names = (shape: Shape, prefix: string): string[] =>
    Object.entries(shape).flatMap(([name, inner]) => {
      if (inner === true) return [`${prefix}${name}`];
      return Array.isArray(inner)
        ? names(inner[0] as Shape, `${prefix}${name}[].`)
        : names(inner as Shape, `${prefix}${name}.`);
    });
  return names(VARIABLES[audience], '');
}

/** Lists by their loop's variable: `{% for cluster in clusters %}` makes `cluster` an item of `clusters`. */
export type Loops = ReadonlyMap<string, string>;

/** Whether a path such as `firm.name`, or `cluster.name` inside a loop, leads to a value. */
export function isKnown(audience: MailAudience, segments: readonly unknown[], loops: Loops): boolean {
  const [root, ...rest] = segments;
  if (typeof root !== 'string') return false;
  if (root === 'forloop') return rest.length === 1 && FORLOOP.has(String(rest[0]));
  const looped = loops.get(root);
  let at = looped === undefined ? find(VARIABLES[audience], root) : itemOf(find(VARIABLES[audience], looped));
  for (const segment of rest) {
    if (typeof segment === 'number' && Array.isArray(at)) at = itemOf(at);
    else if (typeof segment !== 'string') return false;
    else if (Array.isArray(at)) {
      if (!OF_LISTS.has(segment)) return false;
      at = segment === 'size' ? true : itemOf(at);
    } else if (at === true) return segment === 'size' && segment === rest.at(-1);
    else at = find(at as Shape | undefined, segment);
  }
  return at !== undefined;
}

type Found = true | Shape | readonly [Shape] | undefined;

function find(shape: Shape | undefined, name: string): Found {
  return shape && Object.hasOwn(shape, name) ? shape[name] : undefined;
}

function itemOf(list: Found): Found {
  return Array.isArray(list) ? (list[0] as Shape) : undefined;
}
