import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { UserRole } from '../platform/database/actor.js';
import type { Language } from '../platform/i18n/i18n.js';

type Row = Record<string, string>;

export interface SampleAccount {
  /** `a`, `b`: the officers. */
  key: string;
  role: UserRole;
  name: string;
  email: string;
  password: string;
}

/** A made-up firm with its contact and, where it has a summary, the lead that is known before the round. */
export interface SampleFirm {
  key: string;
  firm: { name: string; shortName: string; taxCode?: string; country: string; sectors: string[] };
  contact: { fullName: string; title: string; email: string; language: Language; isPrimary: true };
  /** How the consent to promotion mail can be proven; null: none was given. */
  consentEvidence: string | null;
  /** The officer's key. */
  owner: string;
  kind: 'infrastructure' | 'secondary';
  clusterCodes: string[];
  lead: SampleLead | null;
}

export interface SampleLead {
  summary: string;
  sector: string;
  areaHa: number;
  jobsPromised?: number;
  capital: { committed: { amount: string; currency: string } };
}

export interface SampleParticipation {
  firm: string;
  event: 'conference' | 'site_visit';
  status: 'registered' | 'attended' | 'no_show';
  note: string;
}

export function sampleAccounts(): SampleAccount[] {
  return read('accounts').map(({ key, role, name, email, password }) => ({
    key: key!,
    role: role as UserRole,
    name: name!,
    email: email!,
    password: password!,
  }));
}

export function sampleFirms(): SampleFirm[] {
  return read('firms').map(toFirm);
}

export function sampleParticipations(language: 'vi' | 'en'): SampleParticipation[] {
  return read('participations').map(({ firm, event, status, noteVi, noteEn }) => ({
    firm: firm!,
    event: event as SampleParticipation['event'],
    status: status as SampleParticipation['status'],
    note: language === 'vi' ? noteVi! : noteEn!,
  }));
}

function toFirm(row: Row): SampleFirm {
  const sectors = row.sectors!.split(';');
  return {
    key: row.key!,
    firm: {
      name: row.name!,
      shortName: row.shortName!,
      ...(row.taxCode && { taxCode: row.taxCode }),
      country: row.country!,
      sectors,
    },
    contact: {
      fullName: row.contactName!,
      title: row.contactTitle!,
      email: row.email!,
      language: row.language as Language,
      isPrimary: true,
    },
    consentEvidence: row.consentEvidence || null,
    owner: row.owner!,
    kind: row.kind as SampleFirm['kind'],
    clusterCodes: row.clusters!.split(';').filter(Boolean),
    lead: row.summary ? toLead(row, sectors[0]!) : null,
  };
}

function toLead(row: Row, sector: string): SampleLead {
  return {
    summary: row.summary!,
    sector,
    areaHa: Number(row.areaHa),
    ...(row.jobs && { jobsPromised: Number(row.jobs) }),
    capital: { committed: { amount: row.capitalAmount!, currency: row.capitalCurrency! } },
  };
}

function read(name: string): Row[] {
  const file = readFileSync(new URL(`./data/${name}.csv`, import.meta.url), 'utf8');
  return parse(file, { columns: true, skip_empty_lines: true, trim: true });
}
